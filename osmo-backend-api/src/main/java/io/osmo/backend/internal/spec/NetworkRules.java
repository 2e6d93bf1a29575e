// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.spec.ApiEndpoint;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Network;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spec.Requirement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules for the network and for who reaches the Kubernetes API (NW-*, CP-3, SC-3). */
final class NetworkRules {
    static final String ZONE_RULE = "the name of a zone in the cloud's own spelling, such as us-west-2a";

    private static final int MAX_ZONES = 6;

    /** Shorter prefixes than this are "everyone" in two or three pieces. */
    private static final int WIDEST_PUBLIC_PREFIX = 8;

    private static final Pattern ZONE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final BackendSpec spec;
    private final Network network;
    private final Problems problems;

    private NetworkRules(BackendSpec spec, Problems problems) {
        this.spec = spec;
        this.network = spec.network();
        this.problems = problems;
    }

    static void check(BackendSpec spec, Problems problems) {
        new NetworkRules(spec, problems).check();
    }

    static boolean isZone(String name) {
        return ZONE.matcher(name).matches();
    }

    private void check() {
        Optional<IpRange> cidr = Optional.empty();
        if (network.existingId().isPresent()) {
            existing(network.existingId().get());
        } else {
            cidr = range("network.cidr", network.cidr().orElse(""), 16, 20, "10.0.0.0/16");
            created();
        }
        Optional<IpRange> services = range("network.serviceCidr", network.serviceCidr(), 12, 24, "172.20.0.0/16");
        if (cidr.isPresent() && services.isPresent() && cidr.get().overlaps(services.get())) {
            problems.add(
                    "network.serviceCidr",
                    Requirement.NW_1,
                    network.serviceCidr(),
                    "a range outside network.cidr, " + cidr.get(),
                    "Choose another range for services, such as "
                            + (cidr.get().toString().startsWith("172.") ? "10.100.0.0/16." : "172.20.0.0/16."));
        }
        apiEndpoint();
    }

    private void existing(String id) {
        if (id.isBlank()) {
            problems.add(
                    "network.existing.id",
                    Requirement.NW_1,
                    id,
                    "the id of a network in the cloud's own spelling",
                    "Name the network, or leave it out and one is created.");
        }
        existingSubnets(id, network.existingSubnetIds());
        fieldsToLeaveOut("Remove it, or remove network.existing.");
    }

    private void existingSubnets(String id, List<String> subnets) {
        // How many it takes to span zones is each cloud's own: a subnet of AWS lies in one, one of Azure or Google in
        // all.
        if (subnets.isEmpty()) {
            problems.addDescribed(
                    "network.existing.subnets",
                    Requirement.NW_1,
                    "none",
                    "at least one subnet",
                    "Name the subnets of " + id + " for the nodes.");
        }
        for (int i = 0; i < subnets.size(); i++) {
            if (subnets.get(i).isBlank()) {
                problems.add(
                        "network.existing.subnets[" + i + "]",
                        Requirement.NW_1,
                        subnets.get(i),
                        "the id of a subnet",
                        "Name the subnet, or remove the entry.");
            }
        }
        problems.requireDistinct("network.existing.subnets", Requirement.NW_1, subnets, "each subnet once");
    }

    /** An existing network decides these fields. */
    private void fieldsToLeaveOut(String remedy) {
        network.cidr()
                .ifPresent(given -> problems.add(
                        "network.cidr",
                        Requirement.NW_1,
                        given,
                        "nothing with an existing network, which has its own range",
                        remedy));
        if (!network.zones().isEmpty()) {
            problems.addDescribed(
                    "network.zones",
                    Requirement.NW_1,
                    String.join(", ", network.zones()),
                    "nothing with an existing network: its subnets decide the zones",
                    remedy);
        } else if (network.zoneCount() != 0) {
            problems.add(
                    "network.zoneCount",
                    Requirement.NW_1,
                    network.zoneCount(),
                    "nothing with an existing network: its subnets decide the zones",
                    remedy);
        }
        if (network.egress() != Network.Egress.EXISTING) {
            problems.addDescribed(
                    "network.egress",
                    Requirement.NW_2,
                    Words.of(network.egress()),
                    Words.of(Network.Egress.EXISTING) + " with an existing network, which is never changed",
                    remedy);
        }
    }

    private void created() {
        List<String> zones = network.zones();
        boolean production = spec.profile() == Profile.PRODUCTION;
        int fewest = production ? 2 : 1;
        if (zones.isEmpty()) {
            if (network.zoneCount() < fewest || network.zoneCount() > MAX_ZONES) {
                problems.add(
                        "network.zoneCount",
                        Requirement.CP_3,
                        network.zoneCount(),
                        fewest + " to " + MAX_ZONES + " zones" + (production ? " in production" : ""),
                        "Use 3, or leave it out.");
            }
        } else {
            if (zones.size() < fewest || zones.size() > MAX_ZONES) {
                problems.addDescribed(
                        "network.zones",
                        Requirement.CP_3,
                        String.join(", ", zones),
                        fewest + " to " + MAX_ZONES + " zones" + (production ? " in production" : ""),
                        "Name two or three zones, or leave them out.");
            }
            if (network.zoneCount() != zones.size()) {
                problems.add(
                        "network.zoneCount",
                        Requirement.CP_3,
                        network.zoneCount(),
                        "as many as network.zones names, " + zones.size(),
                        "Remove zoneCount or zones.");
            }
            for (int i = 0; i < zones.size(); i++) {
                if (!isZone(zones.get(i))) {
                    problems.add(
                            "network.zones[" + i + "]", Requirement.CP_3, zones.get(i), ZONE_RULE, "Correct the name.");
                }
            }
            problems.requireDistinct("network.zones", Requirement.CP_3, zones, "each zone once");
        }
        if (network.egress() == Network.Egress.EXISTING) {
            problems.addDescribed(
                    "network.egress",
                    Requirement.NW_2,
                    Words.of(network.egress()),
                    Words.of(Network.Egress.NAT_PER_ZONE) + " or " + Words.of(Network.Egress.SINGLE_NAT)
                            + " for a network that is created",
                    "Nodes must reach registries and the OSMO service; choose a NAT.");
        }
    }

    private Optional<IpRange> range(String path, String given, int widest, int narrowest, String example) {
        String allowed = "a private IPv4 range from /" + widest + " to /" + narrowest + ", such as " + example;
        Optional<IpRange> parsed = IpRange.parse(given).filter(IpRange::ipv4);
        if (parsed.isEmpty()) {
            problems.add(path, Requirement.NW_1, given, allowed, "Write it as address/prefix length.");
            return parsed;
        }
        IpRange cidr = parsed.get();
        if (!cidr.toString().equals(given)) {
            problems.add(path, Requirement.NW_1, given, "a network address", "Write " + cidr + ".");
        }
        if (cidr.prefix() < widest || cidr.prefix() > narrowest) {
            problems.add(
                    path,
                    Requirement.NW_1,
                    given,
                    allowed,
                    cidr.prefix() > narrowest
                            ? "Widen the range; each pod and service takes an address."
                            : "Narrow the range; clouds refuse wider ones.");
        }
        if (!cidr.privateUse()) {
            problems.add(
                    path,
                    Requirement.NW_1,
                    given,
                    allowed,
                    "Use an address within 10/8, 172.16/12, 192.168/16 or 100.64/10.");
        }
        return parsed;
    }

    private void apiEndpoint() {
        ApiEndpoint endpoint = spec.apiEndpoint();
        List<String> ranges = endpoint.publicCidrs();
        boolean production = spec.profile() == Profile.PRODUCTION;
        String path = "apiEndpoint.publicCidrs";
        if (endpoint.publicAccess() && ranges.isEmpty()) {
            problems.addDescribed(
                    path,
                    Requirement.SC_3,
                    "none",
                    "at least one IPv4 range in production",
                    "Name the ranges of those who operate the cluster, or make the endpoint private.");
        }
        for (int i = 0; i < ranges.size(); i++) {
            String entry = path + "[" + i + "]";
            Optional<IpRange> parsed = IpRange.parse(ranges.get(i)).filter(IpRange::ipv4);
            if (parsed.isEmpty()) {
                problems.add(
                        entry,
                        Requirement.SC_3,
                        ranges.get(i),
                        "an IPv4 range, such as 203.0.113.0/24",
                        "Write it as address/prefix length; one address is /32.");
                continue;
            }
            IpRange cidr = parsed.get();
            if (!cidr.toString().equals(ranges.get(i))) {
                problems.add(entry, Requirement.SC_3, ranges.get(i), "a network address", "Write " + cidr + ".");
            }
            if (cidr.privateUse()) {
                problems.add(
                        entry,
                        Requirement.SC_3,
                        ranges.get(i),
                        "a range of public addresses",
                        "Remove it; private addresses reach the API through the network of the cluster.");
            } else if (production && cidr.prefix() < WIDEST_PUBLIC_PREFIX) {
                problems.add(
                        entry,
                        Requirement.SC_3,
                        ranges.get(i),
                        "a range of /" + WIDEST_PUBLIC_PREFIX + " or narrower in production",
                        "Name the ranges of those who operate the cluster.");
            }
        }
        problems.requireDistinct(path, Requirement.SC_3, ranges, "each range once");
    }
}
