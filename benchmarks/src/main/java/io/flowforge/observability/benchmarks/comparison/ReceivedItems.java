package io.flowforge.observability.benchmarks.comparison;

/**
 * What a receiver has counted.
 *
 * @param spans spans
 * @param spanBytes the bytes of the requests they came in, as they were on the wire
 * @param logRecords log records
 * @param logBytes the bytes of the requests they came in
 */
record ReceivedItems(long spans, long spanBytes, long logRecords, long logBytes) {

	static ReceivedItems parse(String text) {
		String[] numbers = text.split(" ");
		return new ReceivedItems(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]),
				Long.parseLong(numbers[3]));
	}

	String format() {
		return "%d %d %d %d".formatted(this.spans, this.spanBytes, this.logRecords, this.logBytes);
	}

	ReceivedItems since(ReceivedItems earlier) {
		return new ReceivedItems(this.spans - earlier.spans, this.spanBytes - earlier.spanBytes,
				this.logRecords - earlier.logRecords, this.logBytes - earlier.logBytes);
	}

	double bytesPerSpan() {
		return (double) this.spanBytes / this.spans;
	}

	double bytesPerLogRecord() {
		return (double) this.logBytes / this.logRecords;
	}

}
