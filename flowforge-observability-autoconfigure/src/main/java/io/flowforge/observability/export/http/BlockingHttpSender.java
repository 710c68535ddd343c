package io.flowforge.observability.export.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

import javax.net.ssl.SSLException;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * {@link HttpSender} that sends on the thread that exports, unless the exporter has an
 * executor, and over one connection that it keeps. It follows no redirect: a login page
 * that answers 200 would look like a delivery.
 */
final class BlockingHttpSender implements HttpSender {

	// Those of the OTLP specification.
	private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);

	private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

	private final HttpSenderConfig config;

	private final @Nullable Compressor compressor;

	private final @Nullable HttpConnector connector;

	private final Predicate<IOException> isRetryable;

	// A batch processor exports one batch at a time; others may not.
	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicReference<@Nullable HttpConnection> kept = new AtomicReference<>();

	private final CountDownLatch shutdown = new CountDownLatch(1);

	private volatile @Nullable Deadline underWay;

	/**
	 * Create an instance.
	 * @param config how to send
	 * @param endpoint where to send, {@code null} if the endpoint of the exporter cannot
	 * be one
	 * @param compressor compresses what is sent, {@code null} to send it as it is
	 */
	BlockingHttpSender(HttpSenderConfig config, @Nullable EndpointUrl endpoint, @Nullable Compressor compressor) {
		this.config = config;
		this.compressor = compressor;
		this.connector = (endpoint != null) ? new HttpConnector(endpoint, config) : null;
		RetryPolicy policy = config.getRetryPolicy();
		this.isRetryable = (policy != null && policy.getRetryExceptionPredicate() != null)
				? policy.getRetryExceptionPredicate() : BlockingHttpSender::isTransient;
	}

	// Which protocol a receiver speaks and whom a service trusts stays as it is.
	private static boolean isTransient(IOException failure) {
		return !(failure instanceof SSLException) && !(failure instanceof ProtocolException);
	}

	@Override
	public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
		ExecutorService executor = this.config.getExecutorService();
		if (executor == null) {
			sendNow(message, onResponse, onError);
			return;
		}
		try {
			executor.execute(() -> sendNow(message, onResponse, onError));
		}
		catch (RejectedExecutionException ex) {
			onError.accept(ex);
		}
	}

	private void sendNow(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
		HttpResponse response;
		try {
			response = send(message);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			onError.accept(new InterruptedIOException("interrupted"));
			return;
		}
		catch (IOException | RuntimeException ex) {
			onError.accept(ex);
			return;
		}
		onResponse.accept(response);
	}

	private Answer send(MessageWriter message) throws IOException, InterruptedException {
		if (this.connector == null) {
			throw new IOException("the endpoint is not a valid URL");
		}
		Duration timeout = this.config.getTimeout();
		try (Deadline deadline = new Deadline((timeout.compareTo(LONGEST_TIMEOUT) < 0) ? timeout : LONGEST_TIMEOUT)) {
			HttpRequest request = HttpRequest.of(this.config, this.compressor, message);
			if (!this.lock.tryLock(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
				throw new InterruptedIOException("another export is still under way");
			}
			try {
				this.underWay = deadline;
				return sendWithRetries(this.connector, request, deadline);
			}
			finally {
				this.underWay = null;
				this.lock.unlock();
			}
		}
	}

	private Answer sendWithRetries(HttpConnector connector, HttpRequest request, Deadline deadline)
			throws IOException, InterruptedException {
		Backoff backoff = new Backoff(this.config.getRetryPolicy());
		IOException lastFailure = null;
		while (true) {
			if (isShutDown() || deadline.isOver()) {
				throw tooLate(lastFailure);
			}
			Duration longerPause = Duration.ZERO;
			try {
				Answer answer = send(connector, request, deadline);
				if (backoff.isExhausted() || !RETRYABLE.contains(answer.getStatusCode())) {
					return answer;
				}
				lastFailure = new IOException("the answer was " + answer);
				longerPause = answer.retryAfter();
			}
			catch (IOException ex) {
				if (deadline.isOver()) {
					throw tooLate(lastFailure);
				}
				if (backoff.isExhausted() || !this.isRetryable.test(ex)) {
					throw ex;
				}
				lastFailure = ex;
			}
			this.shutdown.await(deadline.nanosLeft(backoff.next(longerPause)), TimeUnit.NANOSECONDS);
		}
	}

	// That the time is up says less than why the last attempt failed.
	private static IOException tooLate(@Nullable IOException lastFailure) {
		IOException tooLate = new InterruptedIOException("no success within the time-out");
		if (lastFailure != null) {
			tooLate.addSuppressed(lastFailure);
		}
		return tooLate;
	}

	private Answer send(HttpConnector connector, HttpRequest request, Deadline deadline) throws IOException {
		HttpConnection connection = this.kept.getAndSet(null);
		if (connection != null) {
			try {
				return sendOver(connection, request, deadline);
			}
			catch (IOException ex) {
				// A receiver may close a connection at any time between two requests.
				if (connection.isAnswering() || deadline.isOver()) {
					throw ex;
				}
			}
		}
		return sendOver(connector.connect(deadline), request, deadline);
	}

	private Answer sendOver(HttpConnection connection, HttpRequest request, Deadline deadline) throws IOException {
		boolean reusable = false;
		try {
			deadline.closes(connection);
			Answer answer = connection.send(request, this.config.getMaxResponseBodySize());
			reusable = answer.isReusable();
			return answer;
		}
		finally {
			if (reusable) {
				this.kept.set(connection);
			}
			if (!reusable || isShutDown()) {
				connection.close();
			}
		}
	}

	private boolean isShutDown() {
		return this.shutdown.getCount() == 0;
	}

	@Override
	public CompletableResultCode shutdown() {
		this.shutdown.countDown();
		Deadline deadline = this.underWay;
		if (deadline != null) {
			deadline.expire();
		}
		HttpConnection connection = this.kept.getAndSet(null);
		if (connection != null) {
			connection.close();
		}
		return CompletableResultCode.ofSuccess();
	}

}
