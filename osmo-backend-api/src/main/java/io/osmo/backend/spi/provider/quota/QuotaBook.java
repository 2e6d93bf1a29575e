// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

/** The quotas of an account in a region, as they were read. */
@FunctionalInterface
public interface QuotaBook {
    /** The quota with this code. If the cloud did not return it, its limit and usage are unknown, with the reason. */
    Quota of(String code);
}
