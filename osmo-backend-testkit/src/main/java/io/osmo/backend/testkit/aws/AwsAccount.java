// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/** What all emulated services of one account share: identity, time line, ids, quotas. Guarded by its own monitor. */
final class AwsAccount {
    /** Partition and principal that all emulated credentials belong to. */
    static final String CALLER = "assumed-role/osmo-backend/emulated";

    private final String id;
    private final Supplier<Instant> clock;
    private final long seed;
    private final int pageSize;
    private final Map<String, Double> quotas;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private final Map<String, Object> tokens = new HashMap<>();
    private Instant now;
    private long order;
    private long ids;

    AwsAccount(String id, Supplier<Instant> clock, long seed, int pageSize, Map<String, Double> quotas) {
        this.id = id;
        this.clock = clock;
        this.seed = seed;
        this.pageSize = pageSize;
        this.quotas = Map.copyOf(quotas);
        this.now = clock.get();
    }

    private record Due(Instant at, long order, Runnable action) {}

    String id() {
        return id;
    }

    int pageSize() {
        return pageSize;
    }

    Instant now() {
        return now;
    }

    /** Lets happen, in order, everything that was due until now. */
    void advance() {
        Instant target = clock.get();
        for (Due next = due.peek(); next != null && !next.at().isAfter(target); next = due.peek()) {
            due.remove();
            if (next.at().isAfter(now)) {
                now = next.at();
            }
            next.action().run();
        }
        if (target.isAfter(now)) {
            now = target;
        }
    }

    void after(Duration delay, Runnable action) {
        due.add(new Due(now.plus(delay), order++, action));
    }

    /** A limit by quota code, such as {@code L-F678F1CE} (VPCs per region). */
    double quota(String code) {
        return quotas.getOrDefault(code, AwsQuotas.defaultValue(code));
    }

    /** An id such as {@code vpc-0a1b2c3d4e5f60718}: the same in every run of the same calls. */
    String newId(String prefix) {
        return prefix + "-0" + hex(17).substring(1);
    }

    String newUuid() {
        String h = hex(32);
        return h.substring(0, 8) + "-" + h.substring(8, 12) + "-4" + h.substring(13, 16) + "-a" + h.substring(17, 20)
                + "-" + h.substring(20);
    }

    /** Hexadecimal digits from the SplitMix64 sequence of the seed. */
    String hex(int digits) {
        StringBuilder text = new StringBuilder();
        while (text.length() < digits) {
            long z = seed + ++ids * 0x9E3779B97F4A7C15L;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            text.append(String.format("%016x", z ^ (z >>> 31)));
        }
        return text.substring(0, digits);
    }

    /**
     * What a call with this client token has made before, or what it makes now: a repeated token has no second effect.
     *
     * @param token may be null, then the effect is not remembered
     */
    @SuppressWarnings("unchecked")
    <T> T once(String operation, @org.jspecify.annotations.Nullable String token, Supplier<T> effect) {
        if (token == null) {
            return effect.get();
        }
        String key = operation + "/" + token;
        Object known = tokens.get(key);
        if (known == null) {
            known = effect.get();
            tokens.put(key, known);
        }
        return (T) known;
    }

    String arn(String service, String region, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + id + ":" + resource;
    }
}
