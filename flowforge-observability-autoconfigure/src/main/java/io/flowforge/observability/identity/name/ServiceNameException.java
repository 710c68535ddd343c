package io.flowforge.observability.identity.name;

/**
 * The service has no name, or two.
 */
final class ServiceNameException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	private ServiceNameException(String description, String action) {
		super(description);
		this.action = action;
	}

	static ServiceNameException missing() {
		return new ServiceNameException(
				"spring.application.name is not set: without it no trace, log line, metric or alert "
						+ "could be told apart from another service's.",
				"Set spring.application.name, for example to orders-service, in application.yml.");
	}

	static ServiceNameException conflicting(String application, String declared, String origin) {
		return new ServiceNameException(
				"The service has two names: spring.application.name is \"%s\", but %s is \"%s\".".formatted(application,
						origin, declared),
				"Set both to the same name, or remove %s: traces and logs then use spring.application.name, too."
					.formatted(origin));
	}

	String getAction() {
		return this.action;
	}

}
