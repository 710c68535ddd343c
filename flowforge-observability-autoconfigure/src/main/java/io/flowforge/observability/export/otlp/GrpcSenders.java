package io.flowforge.observability.export.otlp;

import java.util.List;
import java.util.function.Consumer;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.MessageWriter;

/**
 * Gives an exporter the gRPC sender that a service has on its class path, and reads what
 * the receiver answers: items that it has rejected make the export fail with
 * {@link RejectedItemsException}.
 */
final class GrpcSenders implements ComponentLoader {

	private final ComponentLoader classPath;

	private final String transportProperty;

	/**
	 * Create an instance.
	 * @param classPath loads what is on the class path
	 * @param transportProperty the property that asks for gRPC
	 */
	GrpcSenders(ComponentLoader classPath, String transportProperty) {
		this.classPath = classPath;
		this.transportProperty = transportProperty;
	}

	@Override
	public <T> Iterable<T> load(Class<T> spiClass) {
		List<T> found = ComponentLoader.loadList(this.classPath, spiClass);
		if (spiClass != GrpcSenderProvider.class) {
			return found;
		}
		if (found.isEmpty()) {
			throw new MissingGrpcSenderException(this.transportProperty);
		}
		// With several senders, the SDK chooses by the names of their classes.
		if (found.size() > 1) {
			return found;
		}
		GrpcSenderProvider provider = (GrpcSenderProvider) found.get(0);
		GrpcSenderProvider reading = (config) -> new ReadingGrpcSender(provider.createSender(config));
		return List.of(spiClass.cast(reading));
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
