package io.flowforge.samples.inbox;

import org.springframework.context.ApplicationContext;

/**
 * The ports that an inbox was given.
 */
public final class InboxPorts {

	private InboxPorts() {
	}

	public static int http(ApplicationContext inbox) {
		return inbox.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	public static int smtp(ApplicationContext inbox) {
		return inbox.getBean(SmtpReceiver.class).port();
	}

}
