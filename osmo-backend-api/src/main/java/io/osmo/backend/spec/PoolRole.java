// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/** What a pool is for; decides its default label {@code node-type} (OP-4, CN-3) and its default taint. */
public enum PoolRole {
    OPERATOR("operator"),
    CPU("compute"),
    GPU("gpu");

    private final String nodeType;

    PoolRole(String nodeType) {
        this.nodeType = nodeType;
    }

    /** Value of the label {@code node-type}. */
    public String nodeType() {
        return nodeType;
    }
}
