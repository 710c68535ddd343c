package io.flowforge.observability.integration;

import java.util.Map;

import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.port.AmqpPort;

/**
 * Apache Qpid: a broker that speaks RabbitMQ's protocol and runs in this JVM, on a free
 * port, with Spring Boot's default user. It keeps nothing.
 */
final class AmqpBroker extends SystemLauncherListener.DefaultSystemLauncherListener implements AutoCloseable {

	private final SystemLauncher launcher = new SystemLauncher(this);

	private SystemConfig<?> system;

	private AmqpBroker() {
	}

	static AmqpBroker start() throws Exception {
		AmqpBroker broker = new AmqpBroker();
		broker.launcher.startup(Map.of(SystemConfig.TYPE, "Memory", SystemConfig.INITIAL_CONFIGURATION_LOCATION,
				"classpath:amqp-broker.json", SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT, false,
				"preferenceStoreAttributes", "{\"type\": \"Noop\"}"));
		return broker;
	}

	int port() {
		return ((AmqpPort<?>) this.system.getContainer().getChildByName(Port.class, "AMQP")).getBoundPort();
	}

	@Override
	public void onContainerResolve(SystemConfig<?> system) {
		this.system = system;
	}

	@Override
	public void close() {
		this.launcher.shutdown();
	}

}
