// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.chart;

import java.util.List;

/**
 * An object of a chart that Helm creates only at certain events, such as a job before an upgrade. Hooks are never run.
 *
 * @param kind kind of the object, such as {@code Job}
 * @param name name of the object
 * @param events the events at which Helm would create it, such as {@code pre-install}
 */
public record ChartHook(String kind, String name, List<String> events) {
    public ChartHook {
        events = List.copyOf(events);
    }

    @Override
    public String toString() {
        return kind + " " + name + " (" + String.join(", ", events) + ")";
    }
}
