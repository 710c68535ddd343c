package io.flowforge.samples.inbox.browser;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

/**
 * A picture with its 256 most frequent colours only, which nobody sees in one of text,
 * and which halves the file.
 */
final class SmallPng {

	private static final int MAX_COLORS = 256;

	private SmallPng() {
	}

	static void write(Path picture, Path file) throws IOException {
		BufferedImage original = ImageIO.read(picture.toFile());
		int width = original.getWidth();
		int height = original.getHeight();
		int[] pixels = original.getRGB(0, 0, width, height, null, 0, width);
		Map<Integer, Integer> counts = new HashMap<>();
		IntStream.of(pixels).forEach((color) -> counts.merge(color, 1, Integer::sum));
		List<Integer> palette = counts.entrySet()
			.stream()
			.sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
			.limit(MAX_COLORS)
			.map(Map.Entry::getKey)
			.toList();
		IndexColorModel colors = new IndexColorModel(8, palette.size(),
				palette.stream().mapToInt(Integer::intValue).toArray(), 0, false, -1, DataBuffer.TYPE_BYTE);
		BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colors);
		Map<Integer, Integer> nearest = new HashMap<>();
		small.getRaster()
			.setSamples(0, 0, width, height, 0,
					IntStream.of(pixels)
						.map((color) -> nearest.computeIfAbsent(color, (missing) -> nearest(missing, palette)))
						.toArray());
		Files.createDirectories(file.getParent());
		ImageIO.write(small, "png", file.toFile());
	}

	private static int nearest(int color, List<Integer> palette) {
		return IntStream.range(0, palette.size())
			.boxed()
			.min(Comparator.comparingInt((index) -> distance(color, palette.get(index))))
			.orElseThrow();
	}

	private static int distance(int color, int other) {
		return IntStream.of(0, 8, 16)
			.map((shift) -> ((color >> shift) & 0xff) - ((other >> shift) & 0xff))
			.map((difference) -> difference * difference)
			.sum();
	}

}
