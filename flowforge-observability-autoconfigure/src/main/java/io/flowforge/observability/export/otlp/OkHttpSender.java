package io.flowforge.observability.export.otlp;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.opentelemetry.api.internal.InstrumentationUtil;
import io.opentelemetry.exporter.sender.okhttp.internal.OkHttpUtil;
import io.opentelemetry.exporter.sender.okhttp.internal.RetryInterceptor;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Sends with OkHttp as the SDK's own sender does, but follows no redirect: OkHttp turns
 * the export into a GET of where the redirect leads to, and a login page that answers 200
 * looks like a delivery.
 */
final class OkHttpSender implements HttpSender {

	// Those of the OTLP specification.
	private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);

	private final HttpSenderConfig config;

	private final OkHttpClient client;

	private final @Nullable HttpUrl url;

	OkHttpSender(HttpSenderConfig config) {
		this.config = config;
		this.client = client(config);
		this.url = HttpUrl.get(config.getEndpoint());
	}

	private static OkHttpClient client(HttpSenderConfig config) {
		OkHttpClient.Builder client = new OkHttpClient.Builder().followRedirects(false)
			.dispatcher((config.getExecutorService() != null) ? new Dispatcher(config.getExecutorService())
					: OkHttpUtil.newDispatcher())
			.callTimeout(timeout(config.getTimeout()))
			.connectTimeout(timeout(config.getConnectTimeout()));
		if (config.getProxyOptions() != null) {
			client.proxySelector(config.getProxyOptions().getProxySelector());
		}
		if (config.getRetryPolicy() != null) {
			client.addInterceptor(
					new RetryInterceptor(config.getRetryPolicy(), (response) -> RETRYABLE.contains(response.code())));
		}
		client.addInterceptor(OkHttpSender::rememberFailure);
		if ("http".equals(config.getEndpoint().getScheme())) {
			client.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
		}
		else if (config.getSslContext() != null && config.getTrustManager() != null) {
			client.sslSocketFactory(config.getSslContext().getSocketFactory(), config.getTrustManager());
		}
		return client.build();
	}

	// Inside the retries: a request that runs out of time between two tries says no more
	// than that.
	private static Response rememberFailure(Interceptor.Chain chain) throws IOException {
		LastTry lastTry = chain.request().tag(LastTry.class);
		try {
			Response response = chain.proceed(chain.request());
			lastTry.failure = RETRYABLE.contains(response.code()) ? new IOException("the answer was " + response.code())
					: null;
			return response;
		}
		catch (IOException ex) {
			if (!chain.call().isCanceled()) {
				lastTry.failure = ex;
			}
			throw ex;
		}
	}

	// OkHttp takes no more.
	private static Duration timeout(Duration timeout) {
		Duration longest = Duration.ofMillis(Integer.MAX_VALUE);
		return (timeout.compareTo(longest) < 0) ? timeout : longest;
	}

	@Override
	public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
		if (this.url == null) {
			onError.accept(new IOException("the endpoint is not a valid URL"));
			return;
		}
		LastTry lastTry = new LastTry();
		Request.Builder request = new Request.Builder().url(this.url).tag(LastTry.class, lastTry);
		Map<String, List<String>> headers = this.config.getHeadersSupplier().get();
		if (headers != null) {
			headers.forEach((name, values) -> values.forEach((value) -> request.addHeader(name, value)));
		}
		Compressor compressor = this.config.getCompressor();
		if (compressor != null) {
			request.addHeader("Content-Encoding", compressor.getEncoding());
		}
		request.post(new Body(message, compressor, MediaType.parse(this.config.getContentType())));
		InstrumentationUtil.suppressInstrumentation(() -> this.client.newCall(request.build()).enqueue(new Callback() {

			@Override
			public void onFailure(Call call, IOException ex) {
				IOException cause = lastTry.failure;
				if (cause != null && cause != ex) {
					ex.addSuppressed(cause);
				}
				onError.accept(ex);
			}

			@Override
			public void onResponse(Call call, Response response) {
				onResponse.accept(answer(response));
			}

		}));
	}

	private HttpResponse answer(Response response) {
		try (response) {
			return new Answer(response.code(), response.message(), body(response));
		}
	}

	// The status says what has become of the export. The body may be cut off.
	private byte[] body(Response response) {
		try {
			int limit = (int) Math.min(this.config.getMaxResponseBodySize(), Integer.MAX_VALUE);
			return response.body().byteStream().readNBytes(limit);
		}
		catch (IOException ex) {
			return new byte[0];
		}
	}

	@Override
	public CompletableResultCode shutdown() {
		this.client.dispatcher().cancelAll();
		if (this.config.getExecutorService() == null) {
			this.client.dispatcher().executorService().shutdownNow();
		}
		this.client.connectionPool().evictAll();
		return CompletableResultCode.ofSuccess();
	}

	private static final class LastTry {

		private volatile @Nullable IOException failure;

	}

	private static final class Body extends RequestBody {

		private final MessageWriter message;

		private final @Nullable Compressor compressor;

		private final @Nullable MediaType contentType;

		Body(MessageWriter message, @Nullable Compressor compressor, @Nullable MediaType contentType) {
			this.message = message;
			this.compressor = compressor;
			this.contentType = contentType;
		}

		@Override
		public @Nullable MediaType contentType() {
			return this.contentType;
		}

		@Override
		public long contentLength() {
			return (this.compressor == null) ? this.message.getContentLength() : -1;
		}

		@Override
		public void writeTo(BufferedSink sink) throws IOException {
			if (this.compressor == null) {
				this.message.writeMessage(sink.outputStream());
				return;
			}
			OutputStream compressed = this.compressor.compress(sink.outputStream());
			this.message.writeMessage(compressed);
			compressed.close();
		}

	}

	private static final class Answer implements HttpResponse {

		private final int statusCode;

		private final String statusMessage;

		private final byte[] body;

		Answer(int statusCode, String statusMessage, byte[] body) {
			this.statusCode = statusCode;
			this.statusMessage = statusMessage;
			this.body = body;
		}

		@Override
		public int getStatusCode() {
			return this.statusCode;
		}

		@Override
		public String getStatusMessage() {
			return this.statusMessage;
		}

		@Override
		public byte[] getResponseBody() {
			return this.body;
		}

	}

}
