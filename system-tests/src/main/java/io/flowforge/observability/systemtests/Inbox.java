package io.flowforge.observability.systemtests;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the messages in {@code alert-inbox}.
 */
final class Inbox {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final URI address;

	private final List<Message> all = new ArrayList<>();

	Inbox(URI address) {
		this.address = address;
	}

	/**
	 * The number of the newest message.
	 * @return its id, 0 if there is none
	 */
	long newest() {
		return after(0).stream().mapToLong(Message::id).max().orElse(0);
	}

	/**
	 * Read the newer messages.
	 * @param id the last message known
	 * @return those after it, oldest first
	 */
	List<Message> after(long id) {
		String json = Http.get(this.address.resolve("/api/messages?after=" + id));
		return JSON.readValue(json, new TypeReference<List<Message>>() {
		}).stream().sorted(Comparator.comparingLong(Message::id)).toList();
	}

	/**
	 * All messages since this object is there, oldest first. Each is read only once.
	 * @return messages
	 */
	synchronized List<Message> all() {
		this.all.addAll(after(this.all.isEmpty() ? 0 : this.all.get(this.all.size() - 1).id()));
		return List.copyOf(this.all);
	}

	/**
	 * Find the first message of a kind.
	 * @param id the last message known
	 * @param kind which one
	 * @return the message, if it has come
	 */
	Optional<Message> firstAfter(long id, Predicate<Message> kind) {
		return after(id).stream().filter(kind).findFirst();
	}

}
