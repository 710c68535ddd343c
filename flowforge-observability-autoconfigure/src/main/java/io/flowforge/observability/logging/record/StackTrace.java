package io.flowforge.observability.logging.record;

import java.io.IOException;
import java.util.List;

import io.flowforge.observability.redaction.UrlRedactor;

import org.springframework.boot.logging.StandardStackTracePrinter;

/**
 * Prints the stack trace of an exception as Java does. Of one that is too long the top
 * frames of each exception are left, so that the root cause is among them.
 */
final class StackTrace {

	// The whole message is an attribute of its own.
	private static final int MAX_TITLE_BYTES = 1024;

	private static final String MARK = "… [shortened]";

	// As long as many are: a buffer that has to grow is copied each time.
	private static final int USUAL_LENGTH = 4096;

	private final StandardStackTracePrinter complete;

	private final List<StandardStackTracePrinter> shortened;

	/**
	 * Create an instance.
	 * @param urls takes secrets out of the messages, before anything is cut
	 */
	StackTrace(UrlRedactor urls) {
		this.complete = StandardStackTracePrinter.rootLast()
			.withFormatter((throwable) -> Utf8.shorten(urls.redact(throwable.toString()), MAX_TITLE_BYTES));
		this.shortened = List.of(this.complete.withMaximumThrowableDepth(50),
				this.complete.withMaximumThrowableDepth(10),
				this.complete.withMaximumThrowableDepth(3).withoutSuppressed());
	}

	/**
	 * Print a stack trace.
	 * @param throwable the exception
	 * @param maxBytes how long the text may be, in bytes of UTF-8
	 * @return the text, with a mark at its end if it has been shortened
	 */
	String print(Throwable throwable, int maxBytes) {
		String text = print(throwable, this.complete, maxBytes);
		if (Utf8.fits(text, maxBytes)) {
			return text;
		}
		int room = maxBytes - MARK.length() * Utf8.MAX_BYTES_OF_CHAR;
		for (StandardStackTracePrinter printer : this.shortened) {
			text = print(throwable, printer, room);
			if (Utf8.fits(text, room)) {
				break;
			}
		}
		return Utf8.cut(text, room) + MARK;
	}

	private static String print(Throwable throwable, StandardStackTracePrinter printer, int maxLength) {
		Page page = new Page(maxLength);
		try {
			printer.printStackTrace(throwable, page);
		}
		catch (IOException ex) {
			// The page is full: what is left need not be printed.
		}
		return page.text.toString();
	}

	/**
	 * Text that takes no more once it is longer than a limit.
	 */
	private static final class Page implements Appendable {

		private final StringBuilder text = new StringBuilder(USUAL_LENGTH);

		private final int maxLength;

		Page(int maxLength) {
			this.maxLength = maxLength;
		}

		@Override
		public Appendable append(CharSequence line) throws IOException {
			this.text.append(line);
			return checkLength();
		}

		@Override
		public Appendable append(CharSequence line, int start, int end) throws IOException {
			this.text.append(line, start, end);
			return checkLength();
		}

		@Override
		public Appendable append(char character) throws IOException {
			this.text.append(character);
			return checkLength();
		}

		private Page checkLength() throws IOException {
			if (this.text.length() > this.maxLength) {
				throw new IOException("The page is full");
			}
			return this;
		}

	}

}
