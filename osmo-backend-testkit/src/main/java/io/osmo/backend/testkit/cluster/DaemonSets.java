// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** Lets DaemonSets run on all nodes that their pods fit on. */
final class DaemonSets {
    private DaemonSets() {}

    /** Writes the status that a DaemonSet has by now. */
    static void settle(ObjectNode set, Collection<ObjectNode> nodes) {
        int running = (int) nodes.stream()
                .filter(node -> Placement.fits(set.at("/spec/template/spec"), node))
                .count();
        set.putObject("status")
                .put("observedGeneration", set.at("/metadata/generation").asLong(1))
                .put("currentNumberScheduled", running)
                .put("desiredNumberScheduled", running)
                .put("updatedNumberScheduled", running)
                .put("numberReady", running)
                .put("numberAvailable", running)
                .put("numberMisscheduled", 0);
    }
}
