package io.flowforge.samples.inbox;

/**
 * Names a service and its environment.
 */
final class ServiceHtml {

	private ServiceHtml() {
	}

	static String render(String application, String environment) {
		return Html.escape(application)
				+ (environment.isEmpty() ? "" : " <span class=\"environment\">" + Html.escape(environment) + "</span>");
	}

}
