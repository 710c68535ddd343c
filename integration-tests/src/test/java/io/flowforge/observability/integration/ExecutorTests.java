package io.flowforge.observability.integration;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Work that a request hands to another thread stays in the trace of the request.
 */
class ExecutorTests {

	private static final OtlpReceiver receiver = OtlpReceiver.start();

	private static final TestService service = TestService.start(new Class<?>[] { OwnExecutors.class },
			"flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
			"flowforge.observability.logging.record.thread-name-level=info");

	@AfterAll
	static void stop() {
		service.close();
		receiver.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/future", "/callable", "/deferred", "/builder", "/wrapped" })
	void lineOfTheWorkCarriesTheTraceOfTheRequest(String path) {
		ReceivedTrace trace = ReceivedTrace.of(service.send(path), receiver);
		Span request = trace.awaitSpan(Span.SpanKind.SPAN_KIND_SERVER, path);
		LogRecord line = trace.awaitLine("Work");
		assertThat(line.getSpanId()).isEqualTo(request.getSpanId());
		assertThat(line.getAttributesList()).filteredOn((attribute) -> attribute.getKey().equals("thread.name"))
			.singleElement()
			.extracting((attribute) -> attribute.getValue().getStringValue())
			.asString()
			.isNotEmpty()
			.doesNotStartWith("http-nio");
	}

	@Configuration(proxyBeanMethods = false)
	@Import(WorkController.class)
	static class OwnExecutors {

		@Bean(defaultCandidate = false)
		ThreadPoolTaskExecutor built(ThreadPoolTaskExecutorBuilder builder) {
			return builder.threadNamePrefix("built-").build();
		}

		@Bean(defaultCandidate = false)
		ExecutorService wrapped() {
			return ContextExecutorService.wrap(Executors.newSingleThreadExecutor(),
					ContextSnapshotFactory.builder().build());
		}

	}

	@RestController
	static class WorkController {

		private static final Logger logger = LoggerFactory.getLogger(WorkController.class);

		private final Executor applicationTaskExecutor;

		private final Executor built;

		private final Executor wrapped;

		WorkController(@Qualifier("applicationTaskExecutor") Executor applicationTaskExecutor,
				@Qualifier("built") Executor built, @Qualifier("wrapped") Executor wrapped) {
			this.applicationTaskExecutor = applicationTaskExecutor;
			this.built = built;
			this.wrapped = wrapped;
		}

		@GetMapping("/future")
		CompletableFuture<String> future() {
			return CompletableFuture.supplyAsync(this::work, this.applicationTaskExecutor);
		}

		@GetMapping("/callable")
		Callable<String> callable() {
			return this::work;
		}

		@GetMapping("/deferred")
		DeferredResult<String> deferred() {
			DeferredResult<String> result = new DeferredResult<>();
			this.applicationTaskExecutor.execute(() -> result.setResult(work()));
			return result;
		}

		@GetMapping("/builder")
		CompletableFuture<String> builder() {
			return CompletableFuture.supplyAsync(this::work, this.built);
		}

		@GetMapping("/wrapped")
		CompletableFuture<String> wrapped() {
			return CompletableFuture.supplyAsync(this::work, this.wrapped);
		}

		private String work() {
			logger.info("Work");
			return "done";
		}

	}

}
