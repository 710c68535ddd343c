package io.flowforge.launcher.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.build.Collector;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.ServerCommand;
import io.flowforge.launcher.settings.Setting;
import io.flowforge.launcher.settings.Settings;

/**
 * The build of the Collector, in its place: a process that takes what services send and
 * drops it, builds the Collector meanwhile, and then makes way for it. The first build
 * takes minutes on a small machine, and the rest of the stack does not need it.
 */
public final class CollectorBuild {

	/**
	 * How long the stack may take to come up without the Collector.
	 */
	private static final Duration TIMEOUT = Duration.ofMinutes(10);

	private final Repository repository;

	private final DataFolder data;

	private final Settings settings;

	private final Collector collector;

	public CollectorBuild(Repository repository, DataFolder data, Settings settings) {
		this.repository = repository;
		this.data = data;
		this.settings = settings;
		this.collector = new Collector(repository);
	}

	/**
	 * Whether the Collector has yet to be built.
	 * @return whether there is no program, but Go to build one
	 */
	boolean isNeeded() {
		return this.collector.find().isEmpty() && this.collector.canBeBuilt();
	}

	boolean hasFailed() {
		return Files.exists(failure());
	}

	/**
	 * Forget that the build has failed before: it is tried again.
	 */
	void forgetFailure() {
		DataFolder.delete(failure());
	}

	/**
	 * The command that builds the Collector in the background, with what the processor
	 * has to spare.
	 * @return the command
	 */
	ServerCommand command() {
		return new ServerCommand(Part.OTEL_COLLECTOR.id(), this.repository.root(),
				List.of("nice", "-n", "19", this.repository.file("stack/launch").toString(), "collector", "--join"),
				Map.of(Setting.DATA.variable(), this.data.path().toString()), Part.OTEL_COLLECTOR.health(this.settings),
				List.of());
	}

	/**
	 * Build the Collector, and start it once the rest of the stack is up. If it cannot be
	 * built, what services send is still taken, so that they do not report it as lost.
	 * @param terminal shows how it goes
	 * @throws IOException if the port for OTLP is taken
	 * @throws InterruptedException if this process is to end
	 */
	public void run(Terminal terminal) throws IOException, InterruptedException {
		HttpServer standIn = standIn();
		try {
			this.collector.build(this.data.log("collector-build"));
		}
		catch (StackException ex) {
			DataFolder.write(failure(), ex.getMessage());
			terminal.say(ex.getMessage());
			// 'make down' ends this process, and so does 'make dev', which tries again.
			new CountDownLatch(1).await();
		}
		Stack stack = Stack.require(this.repository, this.data);
		List<Part> others = stack.parts().stream().filter((part) -> part != Part.OTEL_COLLECTOR).toList();
		Waiting.until("The stack is not up", TIMEOUT, () -> others.stream().allMatch(stack::isUp));
		standIn.stop(0);
		StackLock.whileHeld(this.data, () -> {
			// This process's own note, by which the Collector would be taken for started.
			new ProcessNotes(this.data).delete(Part.OTEL_COLLECTOR.id());
			stack.start(List.of(Part.OTEL_COLLECTOR), terminal);
			return null;
		});
		if (StackState.read(this.data).isEmpty()) {
			stack.stop(List.of(Part.OTEL_COLLECTOR));
		}
	}

	private HttpServer standIn() throws IOException {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(),
				this.settings.port(Setting.OTLP_HTTP_PORT));
		HttpServer server = HttpServer.create(address, 0);
		server.createContext("/", CollectorBuild::drop);
		server.start();
		return server;
	}

	// The answer of a Collector that has taken everything: an empty message.
	private static void drop(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
			exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
			exchange.sendResponseHeaders(200, -1);
		}
	}

	private Path failure() {
		return this.data.run().resolve("collector-build-failed");
	}

}
