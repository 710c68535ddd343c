package io.flowforge.samples.inbox;

import java.time.Instant;
import java.util.List;

import io.flowforge.samples.inbox.Message.Status;
import io.flowforge.samples.inbox.Message.Via;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the inbox keeps.
 */
class InboxTests {

	private final Inbox inbox = new Inbox();

	@Test
	void newestComesFirstAndIdsGrow() {
		add("one");
		add("two");
		assertThat(this.inbox.after(0)).extracting(Message::raw).containsExactly("two", "one");
		assertThat(this.inbox.after(0).get(0).id()).isGreaterThan(this.inbox.after(0).get(1).id());
	}

	@Test
	void givesOnlyWhatCameAfter() {
		add("one");
		Message two = add("two");
		add("three");
		assertThat(this.inbox.after(two.id())).extracting(Message::raw).containsExactly("three");
	}

	@Test
	void idsGrowAfterItWasEmptied() {
		Message before = add("one");
		this.inbox.clear();
		assertThat(this.inbox.after(0)).isEmpty();
		assertThat(add("two").id()).isGreaterThan(before.id());
	}

	@Test
	void keepsTheNewestFiveHundred() {
		for (int i = 0; i < 510; i++) {
			add("message " + i);
		}
		assertThat(this.inbox.after(0)).hasSize(500).last().extracting(Message::raw).isEqualTo("message 10");
	}

	@Test
	void keepsFewerWhenTheyAreLarge() {
		String large = "x".repeat(Inbox.MAX_MESSAGE_SIZE);
		for (int i = 0; i < 40; i++) {
			add(large);
		}
		assertThat(this.inbox.after(0)).hasSize(32);
	}

	private Message add(String raw) {
		return this.inbox.add((id) -> new Message(id, Instant.EPOCH, Via.EMAIL, null, null, null, List.of(),
				Status.UNKNOWN, "title", "text", null, List.of(), raw));
	}

}
