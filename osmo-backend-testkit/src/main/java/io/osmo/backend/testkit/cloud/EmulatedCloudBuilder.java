// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cloud;

import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.fault.CallInspector;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings that all emulated clouds have.
 *
 * @param <B> the builder of one cloud
 */
public abstract class EmulatedCloudBuilder<B extends EmulatedCloudBuilder<B>> {
    private final VirtualTime time;
    private final List<CallInspector> inspectors = new ArrayList<>();
    private long seed = 1;
    private int pageSize;

    /** @param pageSize default number of items that a list returns at once */
    protected EmulatedCloudBuilder(VirtualTime time, int pageSize) {
        this.time = time;
        this.pageSize = pageSize;
    }

    /** Seed of ids. */
    public final B seed(long value) {
        seed = value;
        return self();
    }

    /** Maximum number of items on a page of a list, at least 1. With a small number, every caller has to read several pages. */
    public final B pageSize(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("a page holds at least one item, not " + items);
        }
        pageSize = items;
        return self();
    }

    /** Inspects every request and response. */
    public final B inspector(CallInspector inspector) {
        inspectors.add(inspector);
        return self();
    }

    @SuppressWarnings("unchecked")
    private B self() {
        return (B) this;
    }

    protected final VirtualTime time() {
        return time;
    }

    protected final long seed() {
        return seed;
    }

    protected final int pageSize() {
        return pageSize;
    }

    protected final List<CallInspector> inspectors() {
        return inspectors;
    }
}
