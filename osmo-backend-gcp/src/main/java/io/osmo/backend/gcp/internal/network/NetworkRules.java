// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules for the ranges of GKE (NW-1). Each node takes a /24 of the range of pods, for up to 110 of them. */
final class NetworkRules {
    private static final int NODE_PREFIX = 24;
    private static final String PATH = "settings.podCidr";

    private NetworkRules() {}

    static List<Violation> validate(BackendSpec spec) {
        GkeSettings settings = GkeSettings.of(spec.settings());
        if (spec.network().existingId().isPresent()) {
            return ExistingNetworkRules.validate(spec);
        }
        String given = settings.podCidr();
        Optional<IpRange> read = IpRange.parse(given).filter(IpRange::ipv4);
        if (read.isEmpty()) {
            return List.of(
                    violation(given, "an IPv4 range, such as 100.64.0.0/14", "Write it as address/prefix length."));
        }
        IpRange pods = read.get();
        List<Violation> violations = new ArrayList<>();
        if (!pods.toString().equals(given)) {
            violations.add(violation(given, "a network address", "Write " + pods + "."));
        }
        settings.podRange().ifPresent(name -> violations.add(onlyExisting("podRange", name)));
        settings.serviceRange().ifPresent(name -> violations.add(onlyExisting("serviceRange", name)));
        int nodes = nodes(spec);
        if (room(pods.prefix()) < nodes) {
            violations.add(violation(
                    given,
                    "room for " + nodes + " nodes (the sum of all scale.max) with a /24 each",
                    "Widen the range: a /14 has room for 1024 nodes; or lower scale.max."));
        }
        spec.network()
                .cidr()
                .flatMap(range -> overlap(pods, range, "network.cidr"))
                .ifPresent(violations::add);
        overlap(pods, spec.network().serviceCidr(), "network.serviceCidr").ifPresent(violations::add);
        return violations;
    }

    private static Violation onlyExisting(String setting, String name) {
        return Requirement.NW_1.violation(
                "settings." + setting,
                name,
                "nothing without network.existing: this library names the ranges of a new subnet",
                "Remove it.");
    }

    /** The most nodes that the pools of a spec may have. */
    static int nodes(BackendSpec spec) {
        return spec.pools().stream().mapToInt(pool -> pool.scale().max()).sum();
    }

    /** For how many nodes a range of pods suffices. */
    static long room(int prefix) {
        return prefix > NODE_PREFIX ? 0 : 1L << (NODE_PREFIX - prefix);
    }

    private static Optional<Violation> overlap(IpRange pods, String other, String field) {
        return IpRange.parse(other).filter(pods::overlaps).isPresent()
                ? Optional.of(violation(
                        pods.toString(),
                        "a range that does not overlap " + field + ", " + other,
                        "Choose another range, such as 100.64.0.0/14 or 10.64.0.0/14."))
                : Optional.empty();
    }

    private static Violation violation(String given, String allowed, String remedy) {
        return Requirement.NW_1.violation(PATH, given, allowed, remedy);
    }
}
