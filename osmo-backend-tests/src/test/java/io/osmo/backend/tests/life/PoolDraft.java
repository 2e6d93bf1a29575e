// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.spec.NodePoolBuilder;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spec.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pool that can be edited freely, unlike that of a builder. */
final class PoolDraft {
    /** Label of all nodes of a pool, by which the simulation finds them whatever the cloud calls the pool. */
    static final String LABEL = "life-pool";

    final String name;
    final boolean gpu;
    List<String> types = new ArrayList<>();
    List<String> zones = List.of();
    int min = 1;
    int max = 2;
    int disk = 100;
    boolean spot;
    Replacement replacement = Replacement.SURGE;
    int drainMinutes = 60;
    Map<String, String> labels = new TreeMap<>();
    List<String> taints = new ArrayList<>();

    PoolDraft(String name, boolean gpu) {
        this.name = name;
        this.gpu = gpu;
    }

    PoolDraft copy() {
        PoolDraft copy = new PoolDraft(name, gpu);
        copy.types = new ArrayList<>(types);
        copy.zones = zones;
        copy.min = min;
        copy.max = max;
        copy.disk = disk;
        copy.spot = spot;
        copy.replacement = replacement;
        copy.drainMinutes = drainMinutes;
        copy.labels = new TreeMap<>(labels);
        copy.taints = new ArrayList<>(taints);
        return copy;
    }

    void write(NodePoolBuilder pool) {
        pool.instanceTypes(types.toArray(String[]::new))
                .zones(zones.toArray(String[]::new))
                .scale(min, max)
                .diskGib(disk)
                .spot(spot)
                .replacement(replacement)
                .drainMinutes(drainMinutes)
                .label(LABEL, name);
        labels.forEach(pool::label);
        taints.forEach(key -> pool.taint(key, "life", Taint.Effect.NO_SCHEDULE));
    }

    @Override
    public String toString() {
        return name + " " + types + " " + min + "-" + max + (spot ? " spot" : "") + " " + disk + " GiB"
                + (zones.isEmpty() ? "" : " in " + zones) + (replacement == Replacement.RECREATE ? " recreate" : "");
    }
}
