package io.flowforge.observability.export.otlp;

import java.util.List;
import java.util.function.Consumer;

import io.flowforge.observability.export.http.BlockingHttpSenderProvider;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import org.jspecify.annotations.Nullable;

/**
 * Gives an exporter the sender that the service has chosen, or else that of this library,
 * and reads what the receiver answers: items that it has rejected make the export fail
 * with {@link RejectedItemsException}.
 * <p>
 * OkHttp's sender has to be chosen by name: it comes with the SDK's exporters, so that a
 * service that has it need not know.
 */
final class HttpSenders implements ComponentLoader {

	/**
	 * The SDK's own property, which names the class of a provider.
	 */
	static final String CHOSEN_PROPERTY = HttpSenderProvider.class.getName();

	private static final String OKHTTP = "io.opentelemetry.exporter.sender.okhttp.";

	private final ComponentLoader classPath;

	private final @Nullable String chosen;

	private final boolean compressingOffLoopback;

	/**
	 * Create an instance.
	 * @param classPath loads what is on the class path
	 * @param chosen the class of the provider that the service has chosen, {@code null}
	 * if it has not
	 * @param compressingOffLoopback whether the sender of this library compresses all
	 * that leaves the machine
	 */
	HttpSenders(ComponentLoader classPath, @Nullable String chosen, boolean compressingOffLoopback) {
		this.classPath = classPath;
		this.chosen = chosen;
		this.compressingOffLoopback = compressingOffLoopback;
	}

	@Override
	public <T> Iterable<T> load(Class<T> spiClass) {
		List<T> found = ComponentLoader.loadList(this.classPath, spiClass);
		if (spiClass != HttpSenderProvider.class) {
			return found;
		}
		List<T> candidates = found.stream().filter(this::isCandidate).toList();
		// None is what the service has chosen, or there are several: the SDK says so.
		if (candidates.size() > 1 || (candidates.isEmpty() && this.chosen != null)) {
			return found;
		}
		HttpSenderProvider provider = candidates.isEmpty() ? new BlockingHttpSenderProvider(this.compressingOffLoopback)
				: (HttpSenderProvider) candidates.get(0);
		HttpSenderProvider reading = (config) -> new ReadingHttpSender(provider.createSender(config));
		return List.of(spiClass.cast(reading));
	}

	private boolean isCandidate(Object provider) {
		String name = provider.getClass().getName();
		return (this.chosen != null) ? name.equals(this.chosen)
				: !(provider instanceof BlockingHttpSenderProvider) && !name.startsWith(OKHTTP);
	}

	private static final class ReadingHttpSender implements HttpSender {

		private final HttpSender delegate;

		ReadingHttpSender(HttpSender delegate) {
			this.delegate = delegate;
		}

		@Override
		public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
			this.delegate.send(message, (response) -> {
				RejectedItemsException rejected = isSuccess(response)
						? PartialSuccess.rejectedItems(response.getResponseBody()) : null;
				if (rejected != null) {
					onError.accept(rejected);
				}
				else {
					onResponse.accept(response);
				}
			}, onError);
		}

		private static boolean isSuccess(HttpResponse response) {
			return response.getStatusCode() / 100 == 2;
		}

		@Override
		public CompletableResultCode shutdown() {
			return this.delegate.shutdown();
		}

	}

}
