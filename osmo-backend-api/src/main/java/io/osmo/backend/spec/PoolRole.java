// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/** What a pool is for; decides its default label {@code node-type} (OP-4, CN-3) and its standard taint (OP-5, CN-4). */
public enum PoolRole {
    /** The OSMO operator. Its standard taint is one that the operator's chart tolerates by default. */
    OPERATOR("operator", new Taint("ops", "true", Taint.Effect.NO_SCHEDULE)),
    /** Workflows without GPUs. */
    CPU("compute", new Taint("node-type", "compute", Taint.Effect.NO_SCHEDULE)),
    /** Workflows with GPUs. Its standard taint is the one that NVIDIA's device plugin and operator tolerate. */
    GPU("gpu", new Taint("nvidia.com/gpu", "present", Taint.Effect.NO_SCHEDULE));

    private final String nodeType;
    private final Taint standardTaint;

    PoolRole(String nodeType, Taint standardTaint) {
        this.nodeType = nodeType;
        this.standardTaint = standardTaint;
    }

    /** Value of the label {@code node-type}. */
    public String nodeType() {
        return nodeType;
    }

    /** The taint that {@link NodePoolBuilder#tainted} switches; on by default for GPU pools only. */
    public Taint standardTaint() {
        return standardTaint;
    }
}
