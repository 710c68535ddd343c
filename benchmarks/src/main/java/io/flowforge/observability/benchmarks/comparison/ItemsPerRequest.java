package io.flowforge.observability.benchmarks.comparison;

/**
 * What one request makes if nothing is lost.
 *
 * @param spans how many spans, 0 if that depends on sampling
 * @param logRecords how many log records
 */
record ItemsPerRequest(long spans, long logRecords) {

	/**
	 * Whether everything has arrived.
	 * @param items what has
	 * @param requests how many requests were sent
	 * @return {@code true} if nothing is missing
	 */
	boolean complete(ReceivedItems items, int requests) {
		return this.spans > 0 && items.spans() >= this.spans * requests
				&& items.logRecords() >= this.logRecords * requests;
	}

}
