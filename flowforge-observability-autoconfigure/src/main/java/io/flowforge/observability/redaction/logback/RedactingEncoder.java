package io.flowforge.observability.redaction.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.flowforge.observability.redaction.SecretKeys;

/**
 * Gives another encoder, whatever its pattern or format, only what may leave the service.
 */
final class RedactingEncoder extends EncoderBase<ILoggingEvent> {

	private final Encoder<ILoggingEvent> delegate;

	private final SecretKeys secretKeys;

	private final LogEventSanitizer sanitizer;

	private RedactingEncoder(Encoder<ILoggingEvent> delegate, SecretKeys secretKeys) {
		this.delegate = delegate;
		this.secretKeys = secretKeys;
		// What has a layout writes lines of text; JSON escapes line breaks by itself.
		this.sanitizer = new LogEventSanitizer(secretKeys, delegate instanceof LayoutWrappingEncoder);
	}

	static Encoder<ILoggingEvent> of(Encoder<ILoggingEvent> encoder, SecretKeys secretKeys) {
		boolean done = encoder instanceof RedactingEncoder redacting && redacting.secretKeys == secretKeys;
		return done ? encoder : new RedactingEncoder(unwrap(encoder), secretKeys);
	}

	static Encoder<ILoggingEvent> unwrap(Encoder<ILoggingEvent> encoder) {
		return (encoder instanceof RedactingEncoder redacting) ? redacting.delegate : encoder;
	}

	@Override
	public byte[] encode(ILoggingEvent event) {
		ILoggingEvent sanitized = this.sanitizer.from(event);
		try {
			return this.delegate.encode(sanitized);
		}
		catch (RuntimeException ex) {
			// Spring Boot's JSON formats refuse two values with the same name, and a
			// value whose toString() fails. That must not cost the line.
			return this.delegate.encode(this.sanitizer.withoutPairs(sanitized));
		}
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
