package io.flowforge.observability.tracing.sampling;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.google.protobuf.ByteString;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.annotation.Observed;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.scheduling.annotation.Async;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.context.request.async.DeferredResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which traces arrive when hardly any are sampled: two services, one asking the other.
 */
class TailSamplingTests {

	private static final String[] FAILED_TRACE = { "CLIENT GET /stock/{number}", "SERVER GET /orders/{number}",
			"SERVER GET /stock/{number}", "INTERNAL reserve" };

	private static final List<String> FAILED_AND_SLOW = List.of("/unavailable", "/slow", "/fail");

	private final OtlpReceiver receiver = OtlpReceiver.start();

	// On a machine with other work, a request of no interest may take longer than usual.
	private static final String NONE_IS_SLOW = "flowforge.observability.alerts.latency-p99=1m";

	private TestService stock = start(StockService.class, "management.tracing.sampling.probability=0.01", NONE_IS_SLOW);

	@AfterEach
	void stop() {
		this.stock.close();
		this.receiver.close();
	}

	@Test
	void everyFailedRequestOfTenThousandIsCompleteAndOneInAHundredOfTheRest() throws Exception {
		Map<String, String> answers = new ConcurrentHashMap<>();
		Set<String> failed = new ConcurrentSkipListSet<>();
		Set<Long> buffered = new ConcurrentSkipListSet<>();
		try (TestService orders = startOrders("management.tracing.sampling.probability=0.01", NONE_IS_SLOW)) {
			ExecutorService callers = Executors.newFixedThreadPool(4);
			List<? extends Future<?>> calls = IntStream.range(0, 10_000).mapToObj((number) -> callers.submit(() -> {
				HttpResponse<String> response = orders.send("/orders/" + number);
				String traceId = response.headers().firstValue("X-Trace-Id").orElseThrow();
				answers.put(traceId, response.headers().firstValue("traceresponse").orElseThrow());
				if (response.statusCode() == 500) {
					failed.add(traceId);
				}
				if (number % 500 == 0) {
					buffered.add(metric(orders.scrape(), "flowforge_spans_held"));
				}
			})).toList();
			for (Future<?> call : calls) {
				call.get();
			}
			callers.shutdown();
			assertThat(failed).hasSize(100);
			Set<String> sampled = answers.entrySet()
				.stream()
				.filter((answer) -> answer.getValue().endsWith("-01"))
				.map(Map.Entry::getKey)
				.collect(Collectors.toSet());
			assertThat(sampled).as("about 1 % of 10,000").hasSizeBetween(50, 150);
			Set<String> expected = new TreeSet<>(failed);
			expected.addAll(sampled);
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(this.receiver.spans()).hasSize(4 * expected.size()));
			Map<String, List<Span>> traces = this.receiver.spans()
				.stream()
				.collect(Collectors.groupingBy((span) -> hex(span.getTraceId())));
			assertThat(traces.keySet()).containsExactlyInAnyOrderElementsOf(expected);
			assertThat(failed).allSatisfy((traceId) -> assertComplete(traces.get(traceId)));
			assertThat(buffered).allSatisfy((spans) -> assertThat(spans).isLessThan(1_000));
			assertThat(metric(orders.scrape(), "flowforge_spans_held")).as("without an active request").isZero();
			assertThat(metric(orders.scrape(), "flowforge_telemetry_queue_size{signal=\"traces\"}"))
				.as("sampled at the start or at the end")
				.isZero();
			assertThat(metric(orders.scrape(), "flowforge_traces_kept_total")).isEqualTo(unsampled(failed, sampled));
			assertThat(metric(this.stock.scrape(), "flowforge_traces_kept_total"))
				.isEqualTo(unsampled(failed, sampled));
		}
	}

	@Test
	void failedAndSlowRequestsAreExportedWithAnExemplar() {
		try (TestService orders = startOrders("management.tracing.sampling.probability=0",
				"flowforge.observability.alerts.latency-p99=1s")) {
			orders.send("/hello");
			for (String path : FAILED_AND_SLOW) {
				String traceId = orders.send(path).headers().firstValue("X-Trace-Id").orElseThrow();
				awaitSpan((span) -> span.getName().equals("GET " + path));
				assertThat(exemplars(orders)).anyMatch((line) -> line.contains(path) && line.contains(traceId))
					.noneMatch((line) -> line.contains("/hello"));
			}
			assertThat(this.receiver.spans()).noneMatch((span) -> span.getName().equals("GET /hello"));
		}
	}

	@Test
	void failedAndSlowRequestsAreExportedWhereExemplarsAreTurnedOff() {
		try (TestService orders = startOrders("management.tracing.sampling.probability=0",
				"flowforge.observability.alerts.latency-p99=1s", "management.tracing.exemplars.include=none")) {
			for (String path : FAILED_AND_SLOW) {
				orders.send(path);
				awaitSpan((span) -> span.getName().equals("GET " + path));
			}
			assertThat(exemplars(orders)).isEmpty();
		}
	}

	// Its status is final only after the time-out.
	@Test
	void asynchronousTimeOutIsExportedAndCountsOnce() {
		try (TestService orders = startOrders("management.tracing.sampling.probability=0")) {
			assertThat(orders.send("/time-out").statusCode()).isEqualTo(503);
			Span span = awaitSpan((candidate) -> candidate.getName().equals("GET /time-out"));
			assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
			await().untilAsserted(() -> assertThat(
					orders.scrape().lines().filter((line) -> line.startsWith("http_server_requests_seconds_count{")))
				.filteredOn((line) -> line.contains("uri=\"/time-out\""))
				.singleElement()
				.matches((line) -> line.contains("status=\"503\"") && line.endsWith(" 1")));
		}
	}

	@Test
	void workThatEndsAfterItsFailedRequestIsExported() {
		try (TestService orders = startOrders("management.tracing.sampling.probability=0")) {
			orders.send("/fail-with-work-left");
			Span request = awaitSpan((span) -> span.getName().equals("GET /fail-with-work-left"));
			orders.context().getBean(WorkLeft.class).requestIsOver();
			assertThat(awaitSpan((span) -> span.getName().equals("work-left")).getTraceId())
				.isEqualTo(request.getTraceId());
		}
	}

	@Test
	void otherServicesDecideForThemselves() {
		try (TestService orders = startOrders("management.tracing.sampling.probability=0")) {
			orders.send("/fail-after-call");
			awaitSpan((span) -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT);
			assertThat(metric(this.stock.scrape(), "flowforge_traces_kept_total")).isZero();
			assertThat(this.receiver.spans()).extracting((span) -> span.getName())
				.containsExactlyInAnyOrder("GET /stock/{number}", "GET /fail-after-call");
		}
	}

	@Test
	void tracesEvictedForSpaceAreCountedAndTheirFailedRequestArrivesAlone() {
		try (TestService orders = startOrders("management.tracing.sampling.probability=0",
				"flowforge.observability.tracing.tail-sampling.max-spans=2")) {
			orders.send("/orders/100");
			awaitSpan((span) -> span.getName().equals("GET /orders/{number}"));
			assertThat(this.receiver.spans()).noneMatch((span) -> span.getName().equals("reserve"));
			assertThat(metric(orders.scrape(), "flowforge_traces_evicted_total{reason=\"space\"}")).isOne();
		}
	}

	@Test
	void tracesEvictedForAgeAreCounted() {
		try (TestService orders = startOrders("management.tracing.sampling.probability=0",
				"flowforge.observability.tracing.tail-sampling.max-age=100ms")) {
			orders.send("/slow");
			orders.send("/hello");
			assertThat(metric(orders.scrape(), "flowforge_traces_evicted_total{reason=\"age\"}")).isZero();
			CompletableFuture<?> slow = CompletableFuture.runAsync(() -> orders.send("/slow"));
			await().untilAsserted(
					() -> assertThat(metric(orders.scrape(), "flowforge_traces_evicted_total{reason=\"age\"}"))
						.isOne());
			slow.join();
		}
	}

	@Test
	void nothingIsExportedWhenTurnedOff() {
		try (TestService orders = startOrders("management.tracing.sampling.probability=0",
				"flowforge.observability.tracing.tail-sampling.enabled=false")) {
			orders.send("/orders/100");
			awaitSpan((span) -> span.getName().equals("GET /stock/{number}"));
			assertThat(this.receiver.spans()).hasSize(1);
			assertThat(orders.scrape()).doesNotContain("flowforge_spans_held");
		}
	}

	@Test
	void nothingIsExportedTwiceWhereUnsampledSpansAreExported() {
		try (TestService orders = start(RecordingService.class,
				"management.opentelemetry.tracing.export.include-unsampled=true")) {
			orders.send("/unavailable");
			orders.send("/hello");
			awaitSpan((span) -> span.getName().equals("GET /hello"));
			assertThat(this.receiver.spans()).extracting((span) -> span.getName())
				.containsExactlyInAnyOrder("GET /unavailable", "GET /hello");
		}
	}

	@Test
	void samplerThatIsSetByACustomizerWins() {
		try (TestService orders = start(CustomizedService.class, "management.tracing.sampling.probability=1")) {
			orders.send("/unavailable");
			this.stock.send("/stock/100");
			awaitSpan((span) -> span.getName().equals("GET /stock/{number}"));
			assertThat(this.receiver.spans()).hasSize(1);
		}
	}

	private TestService startOrders(String... properties) {
		String port = this.stock.context().getEnvironment().getRequiredProperty("local.server.port");
		String[] all = Arrays.copyOf(properties, properties.length + 2);
		all[properties.length] = "stock.url=http://127.0.0.1:" + port;
		all[properties.length + 1] = "management.observations.annotations.enabled=true";
		return start(OrdersService.class, all);
	}

	private TestService start(Class<?> configuration, String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 3);
		all[properties.length] = "flowforge.observability.otlp.endpoint=" + this.receiver.endpoint();
		all[properties.length + 1] = "management.opentelemetry.tracing.export.schedule-delay=100ms";
		all[properties.length + 2] = "logging.level.root=off";
		return TestService.start(new Class<?>[] { configuration }, all);
	}

	private Span awaitSpan(Predicate<Span> wanted) {
		return await()
			.until(() -> this.receiver.spans().stream().filter(wanted).findFirst(), (span) -> span.isPresent())
			.orElseThrow();
	}

	private static void assertComplete(List<Span> trace) {
		Map<String, Span> spans = trace.stream()
			.collect(Collectors.toMap(TailSamplingTests::kindAndName, (span) -> span));
		assertThat(spans.keySet()).containsExactlyInAnyOrder(FAILED_TRACE);
		assertThat(spans.get("SERVER GET /orders/{number}").getParentSpanId()).isEqualTo(ByteString.EMPTY);
		assertThat(spans.get("INTERNAL reserve").getParentSpanId())
			.isEqualTo(spans.get("SERVER GET /orders/{number}").getSpanId());
		assertThat(spans.get("CLIENT GET /stock/{number}").getParentSpanId())
			.isEqualTo(spans.get("INTERNAL reserve").getSpanId());
		assertThat(spans.get("SERVER GET /stock/{number}").getParentSpanId())
			.isEqualTo(spans.get("CLIENT GET /stock/{number}").getSpanId());
		assertThat(trace).allSatisfy((span) -> assertThat(span.getFlags() & 1).as("sampled").isOne());
	}

	private static String kindAndName(Span span) {
		return span.getKind().name().replace("SPAN_KIND_", "") + " " + span.getName();
	}

	private static List<String> exemplars(TestService service) {
		return service.scrapeOpenMetrics()
			.lines()
			.filter((line) -> line.startsWith("http_server_requests_seconds_bucket") && line.contains(" # {"))
			.toList();
	}

	private static long unsampled(Set<String> failed, Set<String> sampled) {
		return failed.stream().filter((traceId) -> !sampled.contains(traceId)).count();
	}

	private static long metric(String scrape, String name) {
		Matcher matcher = Pattern.compile("^" + Pattern.quote(name) + " ([0-9.]+)$", Pattern.MULTILINE).matcher(scrape);
		assertThat(matcher.find()).as(name).isTrue();
		return (long) Double.parseDouble(matcher.group(1));
	}

	private static String hex(ByteString bytes) {
		return HexFormat.of().formatHex(bytes.toByteArray());
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ StockController.class, Answers.class })
	static class StockService {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ OrdersController.class, Stock.class, Answers.class, WorkLeft.class })
	static class OrdersService {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Answers.class)
	static class RecordingService {

		@Bean
		Sampler sampler() {
			return new RecordingSampler(Sampler.alwaysOff());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Answers.class)
	static class CustomizedService {

		@Bean
		SdkTracerProviderBuilderCustomizer customizer() {
			return (builder) -> builder.setSampler(Sampler.alwaysOff());
		}

	}

	@RestController
	static class StockController {

		@GetMapping("/stock/{number}")
		String stock(@PathVariable int number) {
			if (number % 100 == 0) {
				throw new IllegalStateException("This request fails");
			}
			return "in stock";
		}

	}

	@RestController
	static class OrdersController {

		private final Stock stock;

		private final WorkLeft workLeft;

		OrdersController(Stock stock, WorkLeft workLeft) {
			this.stock = stock;
			this.workLeft = workLeft;
		}

		@GetMapping("/orders/{number}")
		String order(@PathVariable int number) {
			return this.stock.reserve(number);
		}

		@GetMapping("/fail-after-call")
		String failAfterCall() {
			this.stock.ask(1);
			throw new IllegalStateException("This request fails");
		}

		@GetMapping("/fail-with-work-left")
		String failWithWorkLeft() throws InterruptedException {
			this.workLeft.work();
			throw new IllegalStateException("This request fails");
		}

	}

	static class Stock {

		private final RestClient client;

		Stock(@Value("${stock.url}") String url, ObservationRegistry registry) {
			this.client = RestClient.builder()
				.requestFactory(new SimpleClientHttpRequestFactory())
				.baseUrl(url)
				.observationRegistry(registry)
				.build();
		}

		@Observed(name = "reserve", contextualName = "reserve")
		String reserve(int number) {
			return ask(number);
		}

		String ask(int number) {
			return this.client.get().uri("/stock/{number}", number).retrieve().requiredBody(String.class);
		}

	}

	static class WorkLeft {

		private final CountDownLatch requestOver = new CountDownLatch(1);

		@Async
		@Observed(name = "work.left", contextualName = "work-left")
		void work() throws InterruptedException {
			this.requestOver.await();
		}

		void requestIsOver() {
			this.requestOver.countDown();
		}

	}

	@RestController
	static class Answers {

		@GetMapping("/unavailable")
		ResponseEntity<String> unavailable() {
			return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body("unavailable");
		}

		@GetMapping("/time-out")
		DeferredResult<String> timeOut() {
			return new DeferredResult<>(50L);
		}

		// Slower than the limit of one second by enough for every clock.
		@GetMapping("/slow")
		String slow() throws InterruptedException {
			Thread.sleep(1200);
			return "slow";
		}

	}

}
