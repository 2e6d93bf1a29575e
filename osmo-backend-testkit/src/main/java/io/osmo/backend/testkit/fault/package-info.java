/** What goes wrong in an emulated cloud, by rule: the same words for all clouds. */
@NullMarked
package io.osmo.backend.testkit.fault;

import org.jspecify.annotations.NullMarked;
