package io.flowforge.samples.inbox;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where mail is taken.
 *
 * @param address the address to listen on
 * @param port the port to listen on; 0 is any free one
 */
@ConfigurationProperties("inbox.smtp")
record SmtpProperties(String address, int port) {

}
