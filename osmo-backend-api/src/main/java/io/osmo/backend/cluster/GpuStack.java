// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cluster;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who brings each part of the software that a GPU node needs: one owner for each part. What neither the node image nor the managed service
 * brings is left to NVIDIA's GPU Operator. Immutable.
 *
 * @param owners of all parts
 * @param driverFolder where the driver is on the nodes, if not where the GPU Operator looks for it
 * @param runtimeHandler containerd's name of the runtime for GPUs, if it is not that of the GPU Operator
 */
public record GpuStack(Map<Part, Owner> owners, Optional<String> driverFolder, Optional<String> runtimeHandler) {
    /** What a GPU node needs. */
    public enum Part {
        DRIVER("driver"),
        TOOLKIT("container toolkit"),
        DEVICE_PLUGIN("device plugin"),
        RUNTIME_CLASS("RuntimeClass");

        private final String text;

        Part(String text) {
            this.text = text;
        }

        /** As it is read in a sentence. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Who brings a part. */
    public enum Owner {
        /** It is in the image that nodes start from. The GPU Operator finds a driver there and installs no other. */
        NODE_IMAGE("the node image"),
        /** The managed service installs it on nodes that have started. */
        SERVICE("the managed service"),
        GPU_OPERATOR("the GPU Operator");

        private final String text;

        Owner(String text) {
            this.text = text;
        }

        /** As it is read in a sentence. */
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

    /** Nodes come with nothing. */
    public static GpuStack ofOperator() {
        return new GpuStack(Map.of(), Optional.empty(), Optional.empty());
    }

    /** Some parts have an owner other than the GPU Operator, which installs the rest. */
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

    /** Whether a part is left to the GPU Operator. */
    public boolean isOperators(Part part) {
        return owner(part) == Owner.GPU_OPERATOR;
    }
}
