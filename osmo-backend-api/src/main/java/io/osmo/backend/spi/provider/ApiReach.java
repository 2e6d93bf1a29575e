// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cluster.IpRange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which addresses of the internet reach the API server of a cluster. Pure.
 *
 * @param ranges in CIDR notation, sorted; none if it is private
 */
public record ApiReach(List<String> ranges) {
    /** A private API server. */
    public static final ApiReach CLOSED = new ApiReach(List.of());

    private static final List<String> ANYWHERE = List.of("0.0.0.0/0");
    private static final String LOCKED_OUT =
            "an apply there cannot finish what it does in the cluster, and later plans fail there.";

    public ApiReach {
        ranges = List.copyOf(ranges);
    }

    /**
     * A public API server.
     *
     * @param ranges that may reach it; none for all
     */
    public static ApiReach open(Collection<String> ranges) {
        return new ApiReach(
                ranges.isEmpty()
                        ? ANYWHERE
                        : ranges.stream().distinct().sorted().toList());
    }

    /** Who reaches it now and will not then, such as {@code 0.0.0.0/0 outside 203.0.113.0/24}; empty if all still do. */
    public Optional<String> lost(ApiReach then) {
        List<IpRange> kept = then.ranges.stream()
                .flatMap(range -> IpRange.parse(range).stream())
                .toList();
        List<String> lost = ranges.stream()
                .filter(range ->
                        IpRange.parse(range).filter(now -> isCovered(now, kept)).isEmpty())
                .map(range -> {
                    String inside = kept.stream()
                            .filter(left ->
                                    IpRange.parse(range).filter(left::overlaps).isPresent())
                            .map(IpRange::toString)
                            .collect(Collectors.joining(", "));
                    return inside.isEmpty() ? range : range + " outside " + inside;
                })
                .toList();
        return lost.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", lost));
    }

    /** Several ranges may cover one together. */
    private static boolean isCovered(IpRange range, List<IpRange> by) {
        List<IpRange> near = by.stream().filter(range::overlaps).toList();
        if (near.isEmpty() || near.stream().anyMatch(each -> each.contains(range))) {
            return !near.isEmpty();
        }
        return isCovered(range.part(range.prefix() + 1, 0), near) && isCovered(range.part(range.prefix() + 1, 1), near);
    }

    /**
     * The warning of a plan that keeps somebody out.
     *
     * @param other another way to a private API server that stays, as a sentence; empty if there is none
     */
    public Optional<String> warning(ApiReach then, Optional<String> other) {
        return lost(then).map(lost -> {
            if (!then.ranges.isEmpty()) {
                return "The API server will no longer answer " + lost
                        + " (apiEndpoint.publicCidrs). If this host calls from there, " + LOCKED_OUT;
            }
            return "The API server will no longer answer callers from the internet, now " + lost
                    + " (apiEndpoint.publicAccess). "
                    + other.orElse(
                            "That is also so for this host, unless it is in the network of the backend or connected to it: "
                                    + LOCKED_OUT);
        });
    }
}
