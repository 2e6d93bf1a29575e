// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.catalog.MachineType;
import io.osmo.backend.aws.internal.catalog.MachineType.NetworkCard;
import java.util.ArrayList;
import java.util.List;

/**
 * A network interface of a node.
 *
 * @param card index of the network card
 * @param device index of the interface among those of the card
 * @param type as EC2 spells it: {@code interface}, {@code efa} with IP traffic, or {@code efa-only}
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-acc-inst-types.html">EC2: instances with multiple network
 *     cards</a>
 */
record NodeInterface(int card, int device, String type) {
    static final String ENA = "interface";
    static final String EFA = "efa";
    static final String EFA_ONLY = "efa-only";

    /**
     * The interfaces of a machine that uses all its Elastic Fabric Adapters. The first card carries the traffic of pods; the others are
     * for EFA alone and spend no IP address. The first card has an adapter too unless the others suffice for all that EC2 allows: such
     * types, as p6-b300.48xlarge, have a first card that takes none.
     *
     * @return empty for a type without adapters, whose interfaces are left to EKS
     */
    static List<NodeInterface> of(MachineType machine) {
        int adapters = machine.efaInterfaces();
        if (adapters == 0) {
            return List.of();
        }
        NetworkCard first = machine.networkCards().get(0);
        List<NetworkCard> others =
                machine.networkCards().subList(1, machine.networkCards().size());
        boolean shared = adapters > others.size();
        List<NodeInterface> interfaces = new ArrayList<>();
        interfaces.add(new NodeInterface(first.index(), 0, shared ? EFA : ENA));
        others.stream()
                .limit(shared ? adapters - 1 : adapters)
                .forEach(card ->
                        interfaces.add(new NodeInterface(card.index(), card.interfaces() == 1 ? 0 : 1, EFA_ONLY)));
        return interfaces;
    }

    /** As plans show it. */
    @Override
    public String toString() {
        return card + "/" + device + " " + type;
    }
}
