// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
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
        if (spec.network().existingId().isPresent()) {
            return List.of();
        }
        String given = GkeSettings.of(spec.settings()).podCidr();
        IPAddress pods = new IPAddressString(given).getAddress();
        if (pods == null || !pods.isIPv4() || pods.getNetworkPrefixLength() == null) {
            return List.of(
                    violation(given, "an IPv4 range, such as 100.64.0.0/14", "Write it as address/prefix length."));
        }
        List<Violation> violations = new ArrayList<>();
        int prefix = pods.getNetworkPrefixLength();
        int nodes = spec.pools().stream().mapToInt(pool -> pool.scale().max()).sum();
        long room = prefix > NODE_PREFIX ? 0 : 1L << (NODE_PREFIX - prefix);
        if (room < nodes) {
            violations.add(violation(
                    given,
                    "room for " + nodes + " nodes (the sum of all scale.max) with a /24 each",
                    "Widen the range: a /14 has room for 1024 nodes; or lower scale.max."));
        }
        overlap(pods, spec.network().cidr(), "network.cidr").ifPresent(violations::add);
        overlap(pods, spec.network().serviceCidr(), "network.serviceCidr").ifPresent(violations::add);
        return violations;
    }

    private static Optional<Violation> overlap(IPAddress pods, String other, String field) {
        IPAddress range = new IPAddressString(other).getAddress();
        return range != null && (pods.contains(range) || range.contains(pods))
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
