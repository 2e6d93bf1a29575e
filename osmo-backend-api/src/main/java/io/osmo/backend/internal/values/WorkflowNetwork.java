// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.values;

import io.osmo.backend.cluster.AddressRanges;
import io.osmo.backend.spi.ServiceDefaults;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The addresses inside the cluster, which the chart's network policy keeps workflows from.
 *
 * @param ranges of nodes, pods and services
 * @param rules what stays allowed: DNS by the addresses of services, since network plugins that work on packets do not match the
 *     namespace of a service's pods by the address of the service
 */
record WorkflowNetwork(List<String> ranges, List<Map<String, @Nullable Object>> rules) {
    private static final int DNS = 53;

    static Optional<WorkflowNetwork> of(ServiceDefaults service, Optional<AddressRanges> known, List<String> notes) {
        if (!service.enforcesNetworkPolicies()) {
            notes.add("No network policy for workflows: whether the cluster enforces network policies is not known.");
            return Optional.empty();
        }
        Optional<String> services = known.flatMap(AddressRanges::services);
        if (known.isEmpty() || services.isEmpty() || known.get().network().isEmpty()) {
            notes.add("No network policy for workflows: the address ranges of the cluster are not known. "
                    + "Derive the values from the backend once it exists.");
            return Optional.empty();
        }
        Set<String> ranges = new LinkedHashSet<>(known.get().network());
        ranges.addAll(known.get().pods());
        ranges.add(services.get());
        List<String> dns = Stream.concat(services.stream(), service.dnsAddresses().stream())
                .toList();
        notes.add(
                "The network policy keeps workflows from all addresses of the cluster's network. If the OSMO service is reached by "
                        + "one of them, add a rule to additionalEgressRules.");
        return Optional.of(new WorkflowNetwork(List.copyOf(ranges), List.of(allowDns(dns))));
    }

    private static Map<String, @Nullable Object> allowDns(List<String> addresses) {
        List<Object> to = new ArrayList<>();
        addresses.forEach(address -> to.add(Tree.of("ipBlock", Tree.of("cidr", address))));
        return Tree.of(
                "to",
                to,
                "ports",
                List.of(Tree.of("port", DNS, "protocol", "UDP"), Tree.of("port", DNS, "protocol", "TCP")));
    }
}
