package io.flowforge.observability.web.requests;

import java.util.List;

import io.flowforge.observability.limits.RequestJudge;
import io.flowforge.observability.limits.RequestVerdict;

/**
 * Judges each completed request, and tells those who need to know.
 */
final class RequestMonitor {

	private final RequestJudge judge;

	private final RequestListener[] listeners;

	private volatile boolean calledByContainer;

	RequestMonitor(RequestJudge judge, List<RequestListener> listeners) {
		this.judge = judge;
		this.listeners = listeners.toArray(RequestListener[]::new);
	}

	/**
	 * Announce that the container will say when it is done with a request, so that no
	 * filter needs to.
	 */
	void setCalledByContainer() {
		this.calledByContainer = true;
	}

	boolean isCalledByContainer() {
		return this.calledByContainer;
	}

	<Q, S> void completed(int status, long nanos, Q request, S response, ServerRequestReader<Q, S> reader) {
		try {
			RequestVerdict verdict = this.judge.judge(status, nanos, request, response, reader);
			for (RequestListener listener : this.listeners) {
				listener.completed(verdict, status, nanos, request, response, reader);
			}
		}
		catch (RuntimeException ex) {
			// The container would close the connection. It cannot be logged either:
			// mostly
			// it is logging that failed.
		}
	}

}
