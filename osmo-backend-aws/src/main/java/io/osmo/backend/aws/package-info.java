// SPDX-License-Identifier: Apache-2.0
/** Backends on Amazon EKS: {@link io.osmo.backend.aws.AwsProvider} and its settings. */
@NullMarked
package io.osmo.backend.aws;

import org.jspecify.annotations.NullMarked;
