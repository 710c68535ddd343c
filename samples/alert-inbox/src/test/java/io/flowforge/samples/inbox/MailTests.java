package io.flowforge.samples.inbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.stream.Stream;

import io.flowforge.samples.inbox.Message.Link;
import io.flowforge.samples.inbox.Message.Status;
import io.flowforge.samples.inbox.Message.Via;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The inbox in the place of a mailbox.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "inbox.smtp.port=0")
@ExtendWith(OutputCaptureExtension.class)
class MailTests {

	private static final String FIRING = """
			From: FlowForge <alerts@flowforge.example>
			To: on-call@flowforge.example
			Subject: =?utf-8?q?=5BFIRING=5D_orders-service_=E2=80=93_errors?=
			MIME-Version: 1.0
			Content-Type: multipart/alternative; boundary=part

			--part
			Content-Type: text/plain; charset=utf-8

			20.4 % of the requests fail.
			Runbook: https://runbook.example
			--part
			Content-Type: text/html; charset=utf-8
			Content-Transfer-Encoding: quoted-printable

			<p>20.4 % of the requests fail.</p><p><a href=3D"https://runbook.example">Runbook</a></p>
			--part--
			""";

	private final Inbox inbox;

	private final SmtpReceiver receiver;

	private final RestTestClient client;

	MailTests(@Autowired Inbox inbox, @Autowired SmtpReceiver receiver, @LocalServerPort int port) {
		this.inbox = inbox;
		this.receiver = receiver;
		this.client = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
	}

	@BeforeEach
	void empty() {
		this.inbox.clear();
	}

	@Test
	void takesAMailWithTextAndHtml() throws MessagingException {
		send(FIRING, "on-call@flowforge.example");
		assertThat(theMail()).satisfies((mail) -> {
			assertThat(mail.via()).isEqualTo(Via.EMAIL);
			assertThat(mail.status()).isEqualTo(Status.FIRING);
			assertThat(mail.title()).isEqualTo("[FIRING] orders-service – errors");
			assertThat(mail.from()).isEqualTo("FlowForge <alerts@flowforge.example>");
			assertThat(mail.text()).isEqualTo("20.4 % of the requests fail.\nRunbook: https://runbook.example");
			assertThat(mail.html()).startsWith("<p>20.4 %");
			assertThat(mail.links()).containsExactly(new Link("Runbook", "https://runbook.example"));
			assertThat(mail.raw()).contains("Content-Type: multipart/alternative");
		});
	}

	@Test
	void aMailToSeveralIsOneMessage() throws MessagingException {
		send(FIRING, "on-call@flowforge.example", "boss@elsewhere.example");
		assertThat(theMail().recipients()).containsExactly("boss@elsewhere.example", "on-call@flowforge.example");
	}

	@Test
	void aMailWithHtmlOnlyHasTextToo() throws MessagingException {
		send("Subject: [RESOLVED] x\nContent-Type: text/html\n\n<div>a</div><div>b</div>", "a@b.example");
		assertThat(theMail().text()).isEqualTo("a\nb");
		assertThat(theMail().status()).isEqualTo(Status.RESOLVED);
	}

	@Test
	void addressesInAPlainMailCanBeClicked() throws MessagingException {
		send("Subject: x\n\n<b>See</b> https://x.example/?a=1&b=2 now", "a@b.example");
		assertThat(theMail().links())
			.containsExactly(new Link("https://x.example/?a=1&b=2", "https://x.example/?a=1&b=2"));
		assertThat(page()).contains("&lt;b&gt;See&lt;/b&gt; <a ").contains("href=\"https://x.example/?a=1&amp;b=2\"");
	}

	@Test
	void oddMailIsReadAsFarAsPossible() throws MessagingException {
		send("Content-Type: text/plain; charset=no-such-charset\n\nhello", "a@b.example");
		assertThat(theMail().title()).isEqualTo("(no subject)");
		assertThat(theMail().from()).isNull();
		assertThat(theMail().text()).isEqualTo("hello");
	}

	@Test
	void attachmentsAreNotShown() throws MessagingException {
		send("""
				Subject: x
				MIME-Version: 1.0
				Content-Type: multipart/mixed; boundary=part

				--part
				Content-Type: text/html
				Content-Disposition: attachment; filename=evil.html

				<p>attached</p>
				--part
				Content-Type: text/plain

				shown
				--part--
				""", "a@b.example");
		assertThat(theMail().text()).isEqualTo("shown");
		assertThat(theMail().html()).isNull();
	}

	@Test
	void deeplyNestedPartsAreHarmless() throws MessagingException {
		StringBuilder mail = new StringBuilder("Subject: deep\nMIME-Version: 1.0\n");
		for (int i = 0; i < 2000; i++) {
			mail.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b").append(i).append('\n');
		}
		send(mail.append("Content-Type: text/plain\n\nhello\n").toString(), "a@b.example");
		assertThat(theMail().title()).isEqualTo("deep");
	}

	@Test
	void titleIsNotPartOfTheText() throws MessagingException {
		send("Subject: x\nContent-Type: text/html\n\n<!DOCTYPE html><html><head><title>Twice</title></head>"
				+ "<body><p>Once</p></body></html>", "a@b.example");
		assertThat(shownMail()).contains("<p>Once</p>").doesNotContain("Twice");
	}

	@Test
	void hostileHtmlStaysInItsFrame() throws MessagingException {
		send("Subject: </h2><script>alert(1)</script>\nContent-Type: text/html\n\n"
				+ "\"></iframe><script>alert(1)</script><img src=https://x.example/seen onerror=alert(1)>"
				+ "<link rel=preconnect href=https://x.example><p onclick=alert(1)>hello</p>"
				+ "<a href=\"javascript:alert(1)\">x</a><meta http-equiv=refresh content=\"0;url=https://x.example\">",
				"a@b.example");
		assertThat(page()).doesNotContain("<script>", "<img", "x.example", "onclick")
			.contains("<iframe sandbox=\"allow-same-origin allow-popups allow-popups-to-escape-sandbox\"");
		assertThat(shownMail())
			.doesNotContain("<script", "<img", "x.example", "onclick", "javascript:", "<meta", "<link")
			.contains("<p>hello</p>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<", "<div>", "<table><td>", "<b>", "<a href=https://x.example>", "&", "<!--", "<svg>" })
	@Timeout(20)
	void aMegabyteOfOneThingIsShownAllTheSame(String part) throws MessagingException {
		int lines = Inbox.MAX_MESSAGE_SIZE / 1024 - 24;
		String line = part.repeat(900 / part.length()) + "\n";
		send("Subject: x\nContent-Type: text/html\n\n" + line.repeat(lines), "a@b.example");
		assertThat(shownMail()).contains("<base target");
	}

	@Test
	void refusesMoreThanAMegabyte() {
		String large = "Subject: x\n\n" + ("x".repeat(98) + "\r\n").repeat(11_000);
		assertThatExceptionOfType(MessagingException.class).isThrownBy(() -> send(large, "a@b.example"))
			.withMessageContaining("552 A message may have 1 MiB");
		assertThat(this.inbox.after(0)).isEmpty();
	}

	@Test
	void aTakenPortStopsTheStartWithOneSentence(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatException().isThrownBy(() -> SpringApplication.run(AlertInboxApplication.class, "--server.port=0",
					"--inbox.smtp.port=" + taken.getLocalPort()));
			assertThat(output)
				.contains("Mail cannot be taken on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use")
				.contains("set inbox.smtp.port to another")
				.doesNotContain("\tat ");
		}
	}

	private Message theMail() {
		assertThat(this.inbox.after(0)).hasSize(1);
		return this.inbox.after(0).get(0);
	}

	private String page() {
		return get("/");
	}

	private String shownMail() {
		return get("/mails/" + theMail().id());
	}

	private String get(String path) {
		String page = this.client.get().uri(path).exchange().expectBody(String.class).returnResult().getResponseBody();
		assertThat(page).isNotNull();
		return page;
	}

	private void send(String mail, String... recipients) throws MessagingException {
		Properties properties = new Properties();
		properties.put("mail.smtp.host", "127.0.0.1");
		properties.put("mail.smtp.port", Integer.toString(this.receiver.port()));
		properties.put("mail.smtp.from", "alerts@flowforge.example");
		Session session = Session.getInstance(properties);
		MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
		// Not Transport.send(...), which would put a mail right before it sends it.
		try (Transport transport = session.getTransport("smtp")) {
			transport.connect();
			transport.sendMessage(message, Stream.of(recipients).map(MailTests::address).toArray(Address[]::new));
		}
	}

	private static Address address(String address) {
		try {
			return new InternetAddress(address);
		}
		catch (MessagingException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
