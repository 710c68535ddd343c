package io.flowforge.observability.export.http;

import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;

/**
 * Provides the exporters of the SDK with a sender, unless another one is on the class
 * path.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class BlockingHttpSenderProvider implements HttpSenderProvider {

	private final boolean compressingOffLoopback;

	/**
	 * Create an instance that compresses only what the configuration of an exporter wants
	 * compressed.
	 */
	public BlockingHttpSenderProvider() {
		this(false);
	}

	/**
	 * Create an instance.
	 * @param compressingOffLoopback whether all that leaves the machine is compressed
	 */
	public BlockingHttpSenderProvider(boolean compressingOffLoopback) {
		this.compressingOffLoopback = compressingOffLoopback;
	}

	@Override
	public HttpSender createSender(HttpSenderConfig config) {
		EndpointUrl endpoint = EndpointUrl.of(config.getEndpoint());
		Compressor compressor = config.getCompressor();
		if (compressor == null && this.compressingOffLoopback && endpoint != null && !endpoint.isLoopback()) {
			compressor = new FastGzipCompressor();
		}
		return new BlockingHttpSender(config, endpoint, compressor);
	}

}
