package io.flowforge.samples.inbox.now;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

import org.jspecify.annotations.Nullable;

/**
 * Reads a response into memory and gives up when it is too long.
 */
final class BoundedBodyHandler implements BodyHandler<byte[]> {

	private final long limit;

	/**
	 * Create a handler.
	 * @param limit the greatest length, in bytes
	 */
	BoundedBodyHandler(long limit) {
		this.limit = limit;
	}

	@Override
	public BodySubscriber<byte[]> apply(ResponseInfo response) {
		return new Subscriber(this.limit);
	}

	private static final class Subscriber implements BodySubscriber<byte[]> {

		private final BodySubscriber<byte[]> delegate = BodySubscribers.ofByteArray();

		private long remaining;

		private @Nullable Subscription subscription;

		Subscriber(long limit) {
			this.remaining = limit;
		}

		@Override
		public CompletionStage<byte[]> getBody() {
			return this.delegate.getBody();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			this.delegate.onSubscribe(subscription);
		}

		@Override
		public void onNext(List<ByteBuffer> buffers) {
			this.remaining -= buffers.stream().mapToLong(ByteBuffer::remaining).sum();
			if (this.remaining >= 0) {
				this.delegate.onNext(buffers);
			}
			else if (this.subscription != null) {
				this.subscription.cancel();
				this.delegate.onError(new IOException("the response is too long"));
			}
		}

		@Override
		public void onError(Throwable ex) {
			this.delegate.onError(ex);
		}

		@Override
		public void onComplete() {
			this.delegate.onComplete();
		}

	}

}
