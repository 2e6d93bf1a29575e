// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.cost;

import io.osmo.backend.spec.NodePool;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that is billed by the hour.
 *
 * @param item what it is, for people
 * @param unit what is counted
 * @param least how many there are at minimum scale
 * @param most how many there are at maximum scale
 * @param articles what one of them may be; the estimate spans from the cheapest to the dearest
 * @param note what else to know of the price; often empty
 */
public record Billed(String item, String unit, long least, long most, List<Article> articles, String note) {
    private static final String RESERVED = "its reservation is billed also while no node uses it";

    public Billed {
        articles = List.copyOf(articles);
    }

    /** A fixed number of something. */
    public static Billed of(String item, String unit, long count, Article article) {
        return new Billed(item, unit, count, count, List.of(article), "");
    }

    /**
     * The machines of a pool, and of what it may be instead.
     *
     * @param spot what to know of the price if some of them are spot machines
     */
    public static Billed nodes(NodePool pool, List<Article> articles, String spot) {
        List<NodePool> variants = variants(pool);
        List<String> notes = Stream.of(
                        variants.stream().anyMatch(NodePool::spot) ? spot : "",
                        variants.stream().anyMatch(each -> each.reservation().isPresent()) ? RESERVED : "")
                .filter(note -> !note.isEmpty())
                .toList();
        return new Billed(
                "pool " + pool.name(),
                "node",
                pool.scale().min(),
                pool.scale().max(),
                articles,
                String.join("; ", notes));
    }

    /** The disks of the nodes of a pool. */
    public static Billed disks(NodePool pool, Article gigabyte) {
        return new Billed(
                "pool " + pool.name(),
                "GB of disk",
                (long) pool.scale().min() * pool.diskGib(),
                (long) pool.scale().max() * pool.diskGib(),
                List.of(gigabyte),
                "");
    }

    /** A pool as it is asked for, and its alternatives. */
    public static List<NodePool> variants(NodePool pool) {
        return Stream.concat(Stream.of(pool), pool.fallback().stream().map(each -> each.of(pool)))
                .toList();
    }
}
