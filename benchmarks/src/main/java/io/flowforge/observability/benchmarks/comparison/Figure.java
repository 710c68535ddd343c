package io.flowforge.observability.benchmarks.comparison;

import java.util.Locale;

/**
 * What is measured of each variant.
 */
enum Figure {

	/**
	 * From the start of the process to the first response.
	 */
	START("Start to the first response", "s", 2, true),

	/**
	 * The classes loaded by then.
	 */
	CLASSES("Classes loaded by then", "", 0, true),

	/**
	 * CPU time of the process without the compilers of the JVM, as fast as it can.
	 */
	CPU("CPU per request, at saturation", "µs", 1, true),

	/**
	 * The same at a fixed rate, where threads sleep and wake up more often.
	 */
	CPU_AT_FIXED_RATE("CPU per request, at the fixed rate", "µs", 1, true),

	/**
	 * What the living threads have allocated.
	 */
	ALLOCATION("Allocation per request, at saturation", "kB", 1, true),

	/**
	 * The same at a fixed rate, where no variant loses anything: what is dropped is not
	 * exported, and costs less.
	 */
	ALLOCATION_AT_FIXED_RATE("Allocation per request, at the fixed rate", "kB", 1, true),

	/**
	 * How many requests one core serves.
	 */
	THROUGHPUT("Requests per second, at saturation", "", 0, true),

	/**
	 * How busy that core is. Far below 100 % the load generator is the limit, not the
	 * application.
	 */
	CORE_BUSY("The application's core is busy, at saturation", "%", 0, false),

	/**
	 * How much of that core the compilers of the JVM use. They rest where this is small.
	 */
	COMPILERS("The compilers of its JVM use, at saturation", "%", 0, false),

	/**
	 * Median latency.
	 */
	P50("p50, at the fixed rate", "ms", 2, true),

	/**
	 * The latency that 1 % of the requests exceeds.
	 */
	P99("p99, at the fixed rate", "ms", 2, true),

	/**
	 * The latency that 0.1 % of the requests exceeds.
	 */
	P999("p99.9, at the fixed rate", "ms", 2, true),

	/**
	 * Spans that the receiver counted.
	 */
	SPANS("Spans per request, at the fixed rate", "", 3, false),

	/**
	 * Log records that the receiver counted.
	 */
	LOG_RECORDS("Log records per request, at the fixed rate", "", 3, false),

	/**
	 * Share of the spans that the receiver counted.
	 */
	SPANS_DELIVERED("Spans delivered, at saturation", "%", 1, false),

	/**
	 * Share of the log records that the receiver counted.
	 */
	LOG_RECORDS_DELIVERED("Log records delivered, at saturation", "%", 1, false),

	/**
	 * Bytes of a request's body on the wire, shared by its spans.
	 */
	BYTES_PER_SPAN("Bytes on the wire, per span", "B", 0, false),

	/**
	 * Bytes of a request's body on the wire, shared by its log records.
	 */
	BYTES_PER_LOG_RECORD("Bytes on the wire, per log record", "B", 0, false),

	/**
	 * Size of a scrape.
	 */
	SCRAPE("Scrape", "kB", 1, false),

	/**
	 * Lines of a scrape that are no comments.
	 */
	SERIES("Series", "", 0, false),

	/**
	 * Used heap after a garbage collection, under no load.
	 */
	HEAP("Heap after garbage collection", "MB", 1, true),

	/**
	 * Java threads after the load.
	 */
	THREADS("Threads", "", 0, true),

	/**
	 * Resident memory after the load.
	 */
	RESIDENT_MEMORY("Resident memory", "MB", 0, true),

	/**
	 * From SIGTERM to the exit, right after requests.
	 */
	SHUTDOWN("Shutdown", "s", 1, false),

	/**
	 * The same, while the collector refuses connections.
	 */
	SHUTDOWN_REFUSING("Shutdown, collector refuses connections", "s", 1, false),

	/**
	 * The same, while the collector reads and never answers.
	 */
	SHUTDOWN_HANGING("Shutdown, collector hangs", "s", 1, false);

	private final String title;

	private final String unit;

	private final int decimals;

	private final boolean added;

	Figure(String title, String unit, int decimals, boolean added) {
		this.title = title;
		this.unit = unit;
		this.decimals = decimals;
		this.added = added;
	}

	String title() {
		return this.title;
	}

	String unit() {
		return this.unit;
	}

	/**
	 * Whether a variant adds to what the application alone has.
	 * @return {@code true} if the difference and the ratio say something
	 */
	boolean isAdded() {
		return this.added;
	}

	String format(double value) {
		return String.format(Locale.ROOT, "%%,.%df".formatted(this.decimals), value);
	}

	String formatAdded(double value) {
		return String.format(Locale.ROOT, "%%+,.%df".formatted(this.decimals), value);
	}

}
