package io.flowforge.samples.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.annotation.DurationFormat.Style;
import org.springframework.http.MediaType;
import org.springframework.util.Assert;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Requests that alerts easily get wrong: streams, which are long and not slow, and
 * asynchronous time-outs, which a container dispatches several times.
 */
@RestController
@RequestMapping("/unusual")
class UnusualRequestsController {

	private static final Duration MAX_STREAM = Duration.ofSeconds(30);

	private static final long TIMEOUT_MILLIS = 50;

	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter stream(@RequestParam @DurationFormat(style = Style.SIMPLE) Duration length) throws IOException {
		Assert.isTrue(!length.isNegative() && length.compareTo(MAX_STREAM) <= 0,
				() -> "length is " + length + ": use 0s to 30s.");
		SseEmitter stream = new SseEmitter(0L);
		stream.send("first");
		CompletableFuture.delayedExecutor(length.toMillis(), TimeUnit.MILLISECONDS).execute(() -> end(stream));
		return stream;
	}

	// A client that has left is noticed when something is sent.
	private static void end(SseEmitter stream) {
		try {
			stream.send("last");
			stream.complete();
		}
		catch (IOException ex) {
			stream.completeWithError(ex);
		}
	}

	@GetMapping("/timeout")
	DeferredResult<String> timeout() {
		return new DeferredResult<>(TIMEOUT_MILLIS);
	}

}
