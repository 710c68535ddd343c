package io.flowforge.samples.faults;

/**
 * Fails a request on purpose.
 */
class InjectedFaultException extends RuntimeException {

	private static final long serialVersionUID = 1;

	InjectedFaultException(String request) {
		super(request + " fails on purpose: an error ratio was set with POST /faults");
	}

}
