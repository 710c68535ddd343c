package io.flowforge.observability.systemtests;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A bean for a sample service: logs what is larger than a log record may be, and ends the
 * start. Spring Boot takes what is logged with the JDK's own loggers to Logback.
 */
public final class LargeLines {

	/**
	 * Log.
	 */
	public LargeLines() {
		Logger logger = Logger.getLogger("com.example.Payloads");
		logger.info("Payload " + "x".repeat(599_992));
		logger.log(Level.SEVERE, "Payload refused", new IllegalArgumentException("m".repeat(100_000)));
		throw new IllegalStateException("That is all");
	}

}
