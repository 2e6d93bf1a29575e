// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a pool is for; decides its default labels (OP-4, CN-3) and its standard taint (OP-5, CN-4). */
public enum PoolRole {
    /** The OSMO operator. Its standard taint is one that the operator's chart tolerates by default. */
    OPERATOR("operator", new Taint("ops", "true", Taint.Effect.NO_SCHEDULE), Map.of()),
    /** Workflows without GPUs. */
    CPU("compute", new Taint("node-type", "compute", Taint.Effect.NO_SCHEDULE), Map.of()),
    /**
     * Workflows with GPUs. Its standard taint is the one that NVIDIA's device plugin and operator tolerate.
     *
     * <p>Its nodes are created with the label {@code nvidia.com/gpu.present=true}, by which <a
     * href="https://github.com/NVIDIA/OSMO/blob/main/deployments/values/gpu-pool.yaml">OSMO's GPU platform</a> selects nodes.
     * Without the label in the pool's definition, an autoscaler would never add a node to an empty pool (CN-2), and if the
     * cloud installs the driver, no other component sets it. The <a
     * href="https://github.com/NVIDIA/gpu-operator/blob/main/controllers/nodelabeling_controller.go">GPU Operator</a> manages
     * the label too: it sets {@code false} until Node Feature Discovery has labeled a new node, and {@code true} once an
     * NVIDIA GPU has been found. Workflows wait for this; none are evicted. Node Feature Discovery and GPU Feature Discovery
     * do not change the label.
     */
    GPU(
            "gpu",
            new Taint("nvidia.com/gpu", "present", Taint.Effect.NO_SCHEDULE),
            Map.of("nvidia.com/gpu.present", "true"));

    private final String nodeType;
    private final Taint standardTaint;
    private final Map<String, String> labels;

    PoolRole(String nodeType, Taint standardTaint, Map<String, String> further) {
        this.nodeType = nodeType;
        this.standardTaint = standardTaint;
        Map<String, String> all = new TreeMap<>(further);
        all.put("node-type", nodeType);
        this.labels = Collections.unmodifiableMap(all);
    }

    /** Value of the label {@code node-type}. */
    public String nodeType() {
        return nodeType;
    }

    /** The default labels of its nodes, sorted, including {@code node-type}; {@link NodePoolBuilder#label} overrides them. */
    public Map<String, String> labels() {
        return labels;
    }

    /** The taint that {@link NodePoolBuilder#tainted} switches; on by default for GPU pools only. */
    public Taint standardTaint() {
        return standardTaint;
    }
}
