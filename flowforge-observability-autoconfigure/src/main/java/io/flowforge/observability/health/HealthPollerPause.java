package io.flowforge.observability.health;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Pauses the {@link HealthPoller} when the service refuses traffic on purpose, or stops.
 * It comes before the indicator of the readiness state knows, which would be polled as
 * out of service otherwise.
 */
final class HealthPollerPause implements ApplicationListener<ApplicationEvent>, Ordered {

	private final HealthPoller poller;

	private final ApplicationContext context;

	HealthPollerPause(HealthPoller poller, ApplicationContext context) {
		this.poller = poller;
		this.context = context;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		boolean refusing = event instanceof AvailabilityChangeEvent<?> change
				&& change.getState() == ReadinessState.REFUSING_TRAFFIC;
		// Those of child contexts arrive here, too.
		boolean closed = event instanceof ContextClosedEvent closing && closing.getApplicationContext() == this.context;
		if (refusing || closed) {
			this.poller.pause();
		}
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
