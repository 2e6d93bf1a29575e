// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cluster;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What installs each part of the software that a GPU node needs: one owner for each part. NVIDIA's GPU Operator installs what neither the
 * node image nor the managed service provides. Immutable.
 *
 * @param owners the owner of each part
 * @param driverFolder directory of the driver on the nodes; empty if it is where the GPU Operator expects it
 * @param runtimeHandler name of the GPU runtime in containerd; empty if it is the one of the GPU Operator
 */
public record GpuStack(Map<Part, Owner> owners, Optional<String> driverFolder, Optional<String> runtimeHandler) {
    /** A part of the software of a GPU node. */
    public enum Part {
        DRIVER("driver"),
        TOOLKIT("container toolkit"),
        DEVICE_PLUGIN("device plugin"),
        RUNTIME_CLASS("RuntimeClass");

        private final String text;

        Part(String text) {
            this.text = text;
        }

        /** As in a sentence. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** What installs a part. */
    public enum Owner {
        /** Part of the image of the nodes. The GPU Operator detects such a driver and installs none. */
        NODE_IMAGE("the node image"),
        /** The managed service installs it on nodes that have started. */
        SERVICE("the managed service"),
        GPU_OPERATOR("the GPU Operator");

        private final String text;

        Owner(String text) {
            this.text = text;
        }

        /** As in a sentence. */
        @Override
        public String toString() {
            return text;
        }
    }

    public GpuStack {
        Map<Part, Owner> all = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            all.put(part, owners.getOrDefault(part, Owner.GPU_OPERATOR));
        }
        owners = Map.copyOf(all);
    }

    /** The GPU Operator installs everything. */
    public static GpuStack ofOperator() {
        return new GpuStack(Map.of(), Optional.empty(), Optional.empty());
    }

    /** Some parts have this owner; the GPU Operator installs the others. */
    public static GpuStack of(Owner owner, Part... parts) {
        Map<Part, Owner> owners = new EnumMap<>(Part.class);
        for (Part part : parts) {
            owners.put(part, owner);
        }
        return new GpuStack(owners, Optional.empty(), Optional.empty());
    }

    public GpuStack withDriverFolder(String folder) {
        return new GpuStack(owners, Optional.of(folder), runtimeHandler);
    }

    public GpuStack withRuntimeHandler(String handler) {
        return new GpuStack(owners, driverFolder, Optional.of(handler));
    }

    public Owner owner(Part part) {
        return owners.getOrDefault(part, Owner.GPU_OPERATOR);
    }

    /** Whether the GPU Operator installs a part. */
    public boolean leftToOperator(Part part) {
        return owner(part) == Owner.GPU_OPERATOR;
    }
}
