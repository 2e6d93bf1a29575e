/** An emulated AWS account: state, refusals and limits that its services share. A package per service holds the rest. */
@NullMarked
package io.osmo.backend.testkit.internal.aws;

import org.jspecify.annotations.NullMarked;
