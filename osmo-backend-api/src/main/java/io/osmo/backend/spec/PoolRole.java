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
     * <p>Its nodes come with the label {@code nvidia.com/gpu.present=true}, by which <a
     * href="https://github.com/NVIDIA/OSMO/blob/main/deployments/values/gpu-pool.yaml">OSMO's GPU platform</a> selects them:
     * an autoscaler that starts from no node goes by the definition of the pool alone and would never bring one without it
     * (CN-2), and where the cloud installs the driver nobody else sets it. The <a
     * href="https://github.com/NVIDIA/gpu-operator/blob/main/controllers/nodelabeling_controller.go">GPU Operator</a> takes it
     * for its own: while Node Feature Discovery has not labelled a new node it turns {@code true} into {@code false}, and once
     * a GPU of NVIDIA has been found there it sets {@code true}, whatever was there. Workflows wait that long; none is
     * evicted. Node Feature Discovery and GPU Feature Discovery themselves leave it alone.
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

    /** The labels of its nodes, sorted, {@code node-type} among them, unless {@link NodePoolBuilder#label} says otherwise. */
    public Map<String, String> labels() {
        return labels;
    }

    /** The taint that {@link NodePoolBuilder#tainted} switches; on by default for GPU pools only. */
    public Taint standardTaint() {
        return standardTaint;
    }
}
