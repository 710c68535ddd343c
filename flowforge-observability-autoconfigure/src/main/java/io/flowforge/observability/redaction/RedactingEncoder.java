package io.flowforge.observability.redaction;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;

/**
 * Gives another encoder, whatever its pattern or format, only what may leave the service.
 */
final class RedactingEncoder extends EncoderBase<ILoggingEvent> {

	private final Encoder<ILoggingEvent> delegate;

	private final LogEventSanitizer events;

	RedactingEncoder(Encoder<ILoggingEvent> delegate, SecretKeys secretKeys) {
		this.delegate = delegate;
		// What has a layout writes lines of text; JSON escapes line breaks by itself.
		this.events = new LogEventSanitizer(secretKeys, delegate instanceof LayoutWrappingEncoder);
	}

	static Encoder<ILoggingEvent> unwrap(Encoder<ILoggingEvent> encoder) {
		return (encoder instanceof RedactingEncoder redacting) ? redacting.delegate : encoder;
	}

	@Override
	public byte[] encode(ILoggingEvent event) {
		return this.delegate.encode(this.events.from(event));
	}

	@Override
	public byte[] headerBytes() {
		return this.delegate.headerBytes();
	}

	@Override
	public byte[] footerBytes() {
		return this.delegate.footerBytes();
	}

	@Override
	public boolean isStarted() {
		return this.delegate.isStarted();
	}

	@Override
	public void start() {
		this.delegate.start();
	}

	@Override
	public void stop() {
		this.delegate.stop();
	}

}
