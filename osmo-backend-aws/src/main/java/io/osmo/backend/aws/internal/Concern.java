// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import java.util.List;

/** One part of a backend on AWS. */
public interface Concern extends io.osmo.backend.spi.support.Concern<AwsContext> {
    @Override
    List<Reader> readers();
}
