package io.flowforge.observability.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerHttpObservationDocumentation;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * What a request costs at 1 % sampling when the traces of failed and slow requests are
 * kept, against plain sampling; and at 100 % for scale. The request is observed as Spring
 * observes it (timer, span, log context), makes one call to another service and has one
 * observation of its own in between: three spans. The spans that are exported go to a
 * receiver in the same JVM that throws them away.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class TailSamplingBenchmark {

	private static final ServerRequestObservationConvention CONVENTION = new DefaultServerRequestObservationConvention();

	/**
	 * Which traces are exported.
	 */
	@Param({ "one-percent", "one-percent-and-kept", "all" })
	public String traces = "";

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/orders/17");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private HttpServer receiver;

	private ConfigurableApplicationContext context;

	private ObservationRegistry registry;

	/**
	 * Start a service that exports to a receiver.
	 * @throws IOException if there is no port for the receiver
	 */
	@Setup(Level.Trial)
	public void start() throws IOException {
		this.receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.receiver.createContext("/", (exchange) -> {
			try (exchange) {
				exchange.getRequestBody().readAllBytes();
				exchange.sendResponseHeaders(200, -1);
			}
		});
		this.receiver.start();
		SpringApplication application = new SpringApplication(Service.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		this.context = application.run("--spring.application.name=benchmark",
				"--flowforge.observability.otlp.endpoint=http://127.0.0.1:" + this.receiver.getAddress().getPort(),
				"--management.tracing.sampling.probability=" + (this.traces.equals("all") ? "1" : "0.01"),
				"--flowforge.observability.tracing.tail-sampling.enabled="
						+ this.traces.equals("one-percent-and-kept"));
		this.registry = this.context.getBean(ObservationRegistry.class);
	}

	/**
	 * End the service and the receiver.
	 */
	@TearDown(Level.Trial)
	public void stop() {
		this.context.close();
		this.receiver.stop(0);
	}

	/**
	 * A request that succeeds.
	 * @return its status
	 */
	@Benchmark
	public int request() {
		ServerRequestObservationContext server = new ServerRequestObservationContext(this.request, this.response);
		server.setPathPattern("/orders/{number}");
		return ServerHttpObservationDocumentation.HTTP_SERVLET_SERVER_REQUESTS
			.observation(CONVENTION, CONVENTION, () -> server, this.registry)
			.observe(() -> Observation.createNotStarted("reserve", this.registry).observe(this::call));
	}

	private int call() {
		SenderContext<Object> client = new SenderContext<>((carrier, name, value) -> {
		});
		client.setCarrier(this);
		return Observation.createNotStarted("http.client.requests", () -> client, this.registry)
			.observe(this.response::getStatus);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Service {

	}

}
