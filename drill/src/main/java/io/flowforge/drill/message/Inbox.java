package io.flowforge.drill.message;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.flowforge.launcher.Http;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the messages in {@code alert-inbox}.
 */
public final class Inbox {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final URI address;

	private final List<Message> all = new ArrayList<>();

	public Inbox(URI address) {
		this.address = address;
	}

	/**
	 * The number of the newest message.
	 * @return its id, 0 if there is none
	 */
	public long newest() {
		return after(0).stream().mapToLong(Message::id).max().orElse(0);
	}

	/**
	 * Read the newer messages.
	 * @param id the last message known
	 * @return those after it, oldest first
	 */
	public List<Message> after(long id) {
		String json = Http.get(this.address.resolve("/api/messages?after=" + id));
		return JSON.readValue(json, new TypeReference<List<Message>>() {
		}).stream().sorted(Comparator.comparingLong(Message::id)).toList();
	}

	/**
	 * All messages, oldest first. Each is read only once.
	 * @return messages
	 */
	public synchronized List<Message> all() {
		this.all.addAll(after(this.all.isEmpty() ? 0 : this.all.get(this.all.size() - 1).id()));
		return List.copyOf(this.all);
	}

	/**
	 * Find the first message of a kind.
	 * @param id the last message known
	 * @param kind which kind
	 * @return the message, if it has come
	 */
	public Optional<Message> firstAfter(long id, Predicate<Message> kind) {
		return after(id).stream().filter(kind).findFirst();
	}

}
