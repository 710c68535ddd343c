package io.flowforge.observability.export.otlp;

import java.util.List;
import java.util.function.Consumer;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;

/**
 * Gives the exporters of the SDK senders that read the answer: items that the receiver
 * rejected make the export fail with {@link RejectedItemsException}, and a redirect is
 * not followed.
 */
final class OtlpSenders implements ComponentLoader {

	private static final String OKHTTP_PROVIDER = "io.opentelemetry.exporter.sender.okhttp.internal.OkHttpHttpSenderProvider";

	private final ComponentLoader classPath = ComponentLoader
		.forClassLoader(OtlpHttpSpanExporter.class.getClassLoader());

	@Override
	public <T> Iterable<T> load(Class<T> spiClass) {
		List<T> found = ComponentLoader.loadList(this.classPath, spiClass);
		// With several senders, the SDK chooses by the names of their classes.
		if (found.size() == 1 && found.get(0) instanceof HttpSenderProvider provider) {
			HttpSenderProvider wrapped = (config) -> new ReadingHttpSender(createSender(provider, config));
			return List.of(spiClass.cast(wrapped));
		}
		if (found.size() == 1 && found.get(0) instanceof GrpcSenderProvider provider) {
			GrpcSenderProvider wrapped = (config) -> new ReadingGrpcSender(provider.createSender(config));
			return List.of(spiClass.cast(wrapped));
		}
		return found;
	}

	// OkHttp is used in the same version of the SDK only; with another, redirects are
	// followed as before.
	private static HttpSender createSender(HttpSenderProvider provider, HttpSenderConfig config) {
		if (provider.getClass().getName().equals(OKHTTP_PROVIDER)) {
			try {
				return new OkHttpSender(config);
			}
			catch (LinkageError ex) {
				return provider.createSender(config);
			}
		}
		return provider.createSender(config);
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

	private static final class ReadingGrpcSender implements GrpcSender {

		private final GrpcSender delegate;

		ReadingGrpcSender(GrpcSender delegate) {
			this.delegate = delegate;
		}

		@Override
		public void send(MessageWriter message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
			this.delegate.send(message, (response) -> {
				RejectedItemsException rejected = (response.getStatusCode() == GrpcStatusCode.OK)
						? PartialSuccess.rejectedItems(response.getResponseMessage()) : null;
				if (rejected != null) {
					onError.accept(rejected);
				}
				else {
					onResponse.accept(response);
				}
			}, onError);
		}

		@Override
		public CompletableResultCode shutdown() {
			return this.delegate.shutdown();
		}

	}

}
