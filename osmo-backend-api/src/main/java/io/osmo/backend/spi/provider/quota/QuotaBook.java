// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

/** The quotas of an account in a region, as they were read. */
@FunctionalInterface
public interface QuotaBook {
    /** The quota of a code. One that the cloud does not tell has facts that are unknown, with the reason. */
    Quota of(String code);
}
