// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.cost;

import io.osmo.backend.spec.NodePool;
import java.util.List;
import java.util.stream.Stream;

/**
 * An item that is billed by the hour.
 *
 * @param item display name, such as {@code pool gpu}
 * @param unit what is counted, such as {@code node}
 * @param least number of units at minimum scale
 * @param most number of units at maximum scale
 * @param articles what a unit can be; the estimate ranges from the cheapest to the most expensive
 * @param note a remark on the price; often empty
 */
public record Billed(String item, String unit, long least, long most, List<Article> articles, String note) {
    private static final String RESERVED = "its reservation is billed also while no node uses it";

    public Billed {
        articles = List.copyOf(articles);
    }

    /** A number of units that does not depend on the scale. */
    public static Billed of(String item, String unit, long count, Article article) {
        return new Billed(item, unit, count, count, List.of(article), "");
    }

    /**
     * The machines of a pool and of its alternatives.
     *
     * @param articles the machine types that the pool and its alternatives can use
     * @param spot a remark on the price, used only if the pool or an alternative uses spot machines
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

    /**
     * The root disks of the nodes of a pool.
     *
     * @param gigabyte the article for one gigabyte
     */
    public static Billed disks(NodePool pool, Article gigabyte) {
        return new Billed(
                "pool " + pool.name(),
                "GB of disk",
                (long) pool.scale().min() * pool.diskGib(),
                (long) pool.scale().max() * pool.diskGib(),
                List.of(gigabyte),
                "");
    }

    /** A pool and its alternatives, in the order in which an apply tries them. */
    public static List<NodePool> variants(NodePool pool) {
        return Stream.concat(Stream.of(pool), pool.fallback().stream().map(each -> each.of(pool)))
                .toList();
    }
}
